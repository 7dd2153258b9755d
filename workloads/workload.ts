/** How the client uses a connection, and what a correct answer is. */
export type Exchange =
  /** Connect, read to the end: one decimal PID. */
  | { kind: 'pid' }
  /** Connect, send the payload if there is one and wait for an answer, half-close, wait for the close. */
  | { kind: 'conversation'; payload: string | null }
  /** Keep the connection; send `sizeBytes` bytes, read them back, again and again. */
  | { kind: 'echo'; sizeBytes: number }
  /** Send a datagram of `sizeBytes` bytes and have it back, again and again. */
  | { kind: 'datagram'; sizeBytes: number }
  /** HTTP/1.1: ask for the paths in turns, again and again. `body` is base64. */
  | {
      kind: 'http';
      method: string;
      paths: readonly string[];
      headers: readonly (readonly [name: string, value: string])[];
      body: string | null;
    };

/** What of the plan a workload may depend on. */
export interface WorkloadOptions {
  paths: readonly string[];
  method: string;
  headers: readonly (readonly [name: string, value: string])[];
  /** Base64. */
  body: string | null;
  payloadSizeBytes: number;
  seed: number;
}

/** An app together with the way it is driven. One file each, listed in index.ts. */
/** What a server listens on, and what it is to be told apart by in a policy. */
export type Transport = 'tcp' | 'unix' | 'udp';

/**
 * How requests come: as the loop has them; `bursts`, on all connections at one instant, and again when the server has come
 * to rest; `uneven`, an open loop in which every connection has a share of the arrivals of its own.
 */
export type Pattern = 'steady' | 'bursts' | 'uneven';

export interface Workload {
  name: string;
  /** For people, in half a line. */
  summary: string;
  driver: 'raw' | 'autocannon' | 'udp';
  /** How many requests a connection carries, unless the user says; otherwise as many as there are. */
  requestsPerConnection?: number;
  /** `steady` unless it says otherwise. */
  pattern?: Pattern;
  /** Arrivals per second, unless the user says; without it the loop is closed. */
  rate?: number;
  /** What carries it; `tcp` unless it says otherwise. */
  transport?: Transport;
  /** It speaks TLS, with this certificate (PEM). */
  certificate?: string;
  exchange(options: WorkloadOptions): Exchange;
  /** Arguments for `serve`, from the same options. */
  serveArguments(options: WorkloadOptions): string[];
  /** The app: starts to listen on a free port of 127.0.0.1, as any app would. It must run on Node 18. */
  serve(...args: string[]): void;
}
