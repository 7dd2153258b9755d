import type { Exchange, Pattern } from '../../workloads/workload.js';
import type { Recorder } from './recorder.js';

/** A refused connection is tried again after this long, so that a dead port is not hammered. */
export const backOffMs = 100;

/** The error code of an answer that closes its connection, where connections are to be kept. */
export const connectionClose = 'CONNECTION_CLOSE';

/** How requests arrive in an open loop: evenly apart, or independently of one another. */
export type Arrivals = 'constant' | 'poisson';

/** One spell of load. */
export interface Job {
  driver: string;
  target: { host: string; port: number } | { path: string };
  /** null: none. `ca` is PEM, null for the roots that Node knows. */
  tls: { ca: string | null; insecure: boolean } | null;
  /** What HTTP requests name as their host. */
  authority: string;
  exchange: Exchange;
  pattern: Pattern;
  connections: number;
  /** How many requests a connection carries; null for as many as there are. */
  requestsPerConnection: number | null;
  /** Requests that are outstanding on a connection at a time, at most. */
  pipelining: number;
  /** Addresses that connections come from, in turns; none for the kernel's choice. */
  localAddresses: readonly string[];
  /** Requests per second of an open loop; null for a closed one. */
  rate: number | null;
  arrivals: Arrivals;
  /** Exactly one of the two ends the spell; then what is in flight is waited for, up to `timeoutMs`. */
  durationMs: number | null;
  requests: number | null;
  timeoutMs: number;
  seed: number;
  /** Of how many client threads this is which. */
  thread: { index: number; of: number };
  /** The first of its connections' places, counted over all threads. */
  firstPlace: number;
}

/** What of a job is the same in every trial of a plan. */
export type Load = Pick<
  Job,
  | 'exchange'
  | 'pattern'
  | 'requestsPerConnection'
  | 'pipelining'
  | 'tls'
  | 'localAddresses'
  | 'rate'
  | 'arrivals'
>;

/** What generates load. One file each, listed in index.ts. */
export interface Driver {
  name: string;
  /** The exchanges that it can be trusted with. */
  exchanges: readonly Exchange['kind'][];
  /** Resolves when the spell is over and every connection that it opened is closed. */
  drive(job: Job, recorder: Recorder): Promise<void>;
}
