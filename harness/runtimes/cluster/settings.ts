/** How our primary is told what to do: JSON in CLUSTER_BENCH_CLUSTER. Its workers find there what they are to tell. */
export interface ClusterSettings {
  /** A scheduler of the list, or a module of the user's; null: the workers share one socket, */
  scheduler: string | { path: string; name: string } | null;
  /** which the primary sends them and does not keep. */
  sendsServer?: boolean;
  /** By slot. */
  weights: readonly number[];
  /** 32 bits. */
  seed: number;
}

/** Connections that may wait for one worker, and for any. More are closed, and counted. */
export const longestQueue = 4096;
