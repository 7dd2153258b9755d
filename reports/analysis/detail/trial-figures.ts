import type { TrialRecord } from '../../../harness/record.js';
import { type Metric, metrics } from '../comparison/metrics.js';
import type { LatencyKind } from '../latency-summary.js';
import { type MedianInterval, medianInterval } from '../statistics.js';

/** A metric of each valid trial, and their median with its interval. */
export interface TrialFigures extends MedianInterval {
  name: 'throughput' | 'p99' | 'fairness' | 'cpu';
  trials: { run: number; value: number }[];
}

const names = ['throughput', 'fairness', 'p99', 'cpu'] as const;

/** `compared`: the latency of p99. */
export function trialFigures(valid: readonly TrialRecord[], compared: LatencyKind | null): TrialFigures[] {
  const ordered = valid.toSorted((a, b) => a.run - b.run);
  const p99 = ({ latency }: TrialRecord) => (compared && latency[compared]?.p99) || null;
  return names.flatMap((name) => {
    const of = name === 'p99' ? p99 : (metrics.find((metric) => metric.name === name) as Metric).of;
    const trials = ordered.flatMap((trial) => {
      const value = of(trial);
      return value === null ? [] : [{ run: trial.run, value }];
    });
    return trials.length > 0 ? [{ name, trials, ...medianInterval(trials.map(({ value }) => value)) }] : [];
  });
}
