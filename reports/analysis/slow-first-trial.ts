import jstat from 'jstat';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { TrialSeries } from './trial-series.js';

/**
 * Whether the first trial is slower than the others let expect: t = (x̄ − x₁)/(s √(1 + 1/(n − 1))) of ln value, x̄ and s
 * (with n − 2) of the others, against Student's t with n − 2 degrees of freedom, one-sided (a latency's sign turned).
 * Exact where ln value is normal.
 *
 * Source: Hahn & Meeker, Statistical Intervals (1991), 4.7.
 * Undefined for fewer than six values, and where the trial of run 1 is not among them.
 */
export function slowFirstTrial({ metric, points }: TrialSeries): { p: number; ratio: number } | undefined {
  const [first, ...others] = points;
  if (first?.run !== 1 || points.length < 6) return undefined;
  const logs = others.map(({ log }) => log);
  const apart = first.log - mean(logs);
  const slower = metric === 'throughput' ? -apart : apart;
  const scale = sampleStandardDeviation(logs) * Math.sqrt(1 + 1 / logs.length);
  const p = scale > 0 ? jstat.studentt.cdf(-slower / scale, logs.length - 1) : slower > 0 ? 0 : 1;
  return { p, ratio: Math.exp(apart) };
}
