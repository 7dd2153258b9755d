import type { FrontRecord, TrialRecord } from '../record.js';

/** What `bench inspect` found out about one server. */
export interface Inspection {
  policy: string;
  /** The app as the user named it, or the built-in workload. */
  app: string;
  /** Of the Node that runs it. */
  nodeVersion: string;
  mechanism: TrialRecord['mechanism'];
  /** Parents before their children. */
  processes: ProcessInfo[];
  /** Between a primary and its workers, in the order of time; none where there is no primary that forks them. */
  messages: TracedMessage[];
  /** Slots, in the order in which connections were accepted. */
  accepted: number[];
  /** Of a primary that hands connections over. */
  handOff?: NonNullable<TrialRecord['handOff']>;
  /** What is not as it should be. */
  error?: { code: string; message: string };
}

export interface ProcessInfo {
  pid: number;
  parent: number;
  role: FrontRecord['role'] | 'worker' | 'other';
  slot?: number;
  command: string;
  /** How many it has open; null where the platform does not tell. */
  descriptors: { sockets: number; pipes: number; files: number; others: number } | null;
  /** The listening sockets of the driven server that it holds. */
  listens: string[];
}

export interface TracedMessage {
  /** Since the first of them. */
  atMs: number;
  from: 'primary' | 'worker';
  /** PID of the worker. */
  worker: number;
  slot: number | null;
  /** As Node names it in lib/internal/cluster: online, queryServer, listening, newconn, ack, … */
  what: string;
  accepted?: boolean;
  withHandle: boolean;
}
