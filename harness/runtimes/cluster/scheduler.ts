/** A worker as a scheduler sees it. */
export interface Candidate {
  readonly slot: number;
  /** Of `--weights`; 1 where none are given. */
  readonly weight: number;
  /** Connections that it was given and that have not ended; 0 unless the scheduler `needs` to know. */
  readonly active: number;
  /** The share of its time, 0…1, in which its event loop was busy of late; 0 unless the scheduler `needs` to know. */
  readonly utilization: number;
}

/** A connection that waits for a worker. */
export interface Incoming {
  /** The client's address; undefined over a UNIX-domain socket. Each look is a system call. */
  readonly remoteAddress: string | undefined;
}

/** Says which worker gets a connection. */
export interface Scheduler {
  /**
   * One of `candidates`: the workers that can take it, by slot, and at least one. Which they are changes as workers come, go,
   * and are full.
   */
  pick(candidates: readonly Candidate[], connection: Incoming): Candidate;
  /** That worker was given a connection. */
  given?(worker: Candidate): void;
  /** So many connections of that worker have ended; told only where `needs` says `active`. */
  ended?(worker: Candidate, connections: number): void;
  /** A worker came, or came back in its slot. */
  joined?(worker: Candidate): void;
  left?(worker: Candidate): void;
}

/** What a scheduler is made of. */
export interface SchedulerOptions {
  /** 0 ≤ n < 1; seeded, so that a trial can be run again. */
  random(): number;
}

/** One way of choosing. One file each, listed in schedulers/index.ts. */
export interface SchedulerKind {
  name: string;
  /** For people, in half a line. */
  summary: string;
  /** What the workers must tell for it, which costs messages. */
  needs?: { active?: boolean; utilization?: boolean };
  create(options: SchedulerOptions): Scheduler;
}
