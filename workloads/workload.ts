/** How the client uses a connection, and what a correct answer is. */
export type Exchange =
  /** Connect, read to the end: one decimal PID. */
  | { kind: 'pid' }
  /** Connect, send the payload if there is one and wait for an answer, half-close, wait for the close. */
  | { kind: 'conversation'; payload: string | null }
  /** Keep the connection; send `sizeBytes` bytes, read them back, again and again. */
  | { kind: 'echo'; sizeBytes: number }
  /** Keep the connection; `GET` the path, again and again. */
  | { kind: 'http'; path: string };

/** What of the plan a workload may depend on. */
export interface WorkloadOptions {
  path: string;
  payloadSizeBytes: number;
}

/** An app together with the way it is driven. One file each, listed in index.ts. */
export interface Workload {
  name: string;
  /** For people, in half a line. */
  summary: string;
  driver: 'raw' | 'autocannon';
  exchange(options: WorkloadOptions): Exchange;
  /** Arguments for `serve`, from the same options. */
  serveArguments(options: WorkloadOptions): string[];
  /** The app: starts to listen on a free port of 127.0.0.1, as any app would. It must run on Node 18. */
  serve(...args: string[]): void;
}
