import type { TrialRecord } from '../../harness/record.js';

/** A metric of a cell's valid trials in the order they ran, each value above 0. */
export interface TrialSeries {
  metric: 'throughput' | 'p99';
  points: SeriesPoint[];
}

export interface SeriesPoint {
  run: number;
  /** ln value: what changes a trial multiplies its figures. */
  log: number;
}

/** Two metrics are looked at, so that each warning is false in at most 1 % of cells whose trials differ by chance alone. */
export const alpha = 0.005;

const byInterest = ['response', 'service', 'connect', 'firstByte'] as const;

/** Throughput per second; p99 in µs of the latency that a client feels most, of those that every trial has. */
export function trialSeries(valid: readonly TrialRecord[]): TrialSeries[] {
  const ordered = valid.toSorted((a, b) => a.run - b.run);
  const kind = byInterest.find((each) => ordered.every(({ latency }) => (latency[each]?.count ?? 0) > 0));
  const series = (metric: TrialSeries['metric'], value: (trial: TrialRecord) => number) => ({
    metric,
    points: ordered
      .map((trial) => ({ run: trial.run, value: value(trial) }))
      .filter((point) => point.value > 0 && Number.isFinite(point.value))
      .map((point) => ({ run: point.run, log: Math.log(point.value) })),
  });
  return [
    series('throughput', ({ client, measuredSeconds }) => client.completedByDeadline / measuredSeconds),
    ...(kind ? [series('p99', ({ latency }) => latency[kind]?.p99 ?? 0)] : []),
  ];
}
