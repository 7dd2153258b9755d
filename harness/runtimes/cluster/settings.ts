/** How our primary is told what to do: JSON in CLUSTER_BENCH_CLUSTER, which its workers inherit. */
export interface ClusterSettings {
  /** A scheduler of the list, or the absolute path of a module of the user's; null: the workers share one socket. */
  scheduler: string | null;
  /** By slot. */
  weights: readonly number[];
  /** 32 bits. */
  seed: number;
  /** What workers are to tell of themselves. */
  wishes: { ended: boolean; utilization: boolean };
}

/** Connections that may wait for one worker, and for any. More are closed, and counted. */
export const longestQueue = 4096;
