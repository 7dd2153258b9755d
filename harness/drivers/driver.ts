import type { Exchange } from '../../workloads/workload.js';
import type { Recorder } from './recorder.js';

/** The error code of an answer that closes its connection, where connections are to be kept. */
export const connectionClose = 'CONNECTION_CLOSE';

/** One spell of load. */
export interface Job {
  driver: string;
  target: { host: string; port: number };
  exchange: Exchange;
  connections: number;
  /** Exactly one of the two ends the spell; then what is in flight is waited for, up to `timeoutMs`. */
  durationMs: number | null;
  requests: number | null;
  timeoutMs: number;
  seed: number;
}

/** What generates load. One file each, listed in index.ts. */
export interface Driver {
  name: string;
  /** The exchanges that it can be trusted with. */
  exchanges: readonly Exchange['kind'][];
  /** Resolves when the spell is over and every connection that it opened is closed. */
  drive(job: Job, recorder: Recorder): Promise<void>;
}
