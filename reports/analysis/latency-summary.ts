export const latencyKinds = ['connect', 'firstByte', 'response', 'service'] as const;
export type LatencyKind = (typeof latencyKinds)[number];

/** Apart from what reckons it, since the package's types reach it: they are to need no types of other packages. */
export interface LatencySummary {
  unit: 'us';
  p50: number;
  p90: number;
  p99: number;
  p99_9: number;
  max: number;
}
