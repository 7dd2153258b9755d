import { middle } from '../statistics.js';

/** How far one sample lies above another, from ranks alone. */
export interface Shift {
  /** Hodges–Lehmann: the median of all averages or differences that the test counts. */
  estimate: number;
  /** Exact, two-sided, of no shift; with ties it is too large rather than too small. */
  p: number;
  /** The exact interval of at least 1 − `alpha`; it excludes 0 just when p ≤ `alpha`. Null where the samples are too small for any. */
  interval(alpha: number): { low: number; high: number } | null;
}

/**
 * `points` are what the test statistic counts: the statistic is how many of them lie above 0, and under no shift its
 * distribution is symmetric with P(S ≤ s) = `atMost(s)`. The interval goes from the q-th smallest to the q-th largest point,
 * for the largest q with 2·P(S ≤ q − 1) ≤ α.
 *
 * Source: Hodges & Lehmann, Ann. Math. Statist. 34 (1963); Hollander, Wolfe & Chicken, Nonparametric Statistical Methods
 * (2014), 3.2–3.3 and 4.2–4.3.
 */
export function shiftOf(points: Float64Array, atMost: (count: number) => number): Shift {
  const sorted = points.toSorted();
  const count = (isOne: (point: number) => boolean) =>
    sorted.reduce((sum, point) => sum + Number(isOne(point)), 0);
  const notAbove = count((point) => point <= 0);
  const notBelow = count((point) => point >= 0);
  return {
    estimate: middle(sorted),
    p: Math.min(1, 2 * Math.min(atMost(notAbove), atMost(notBelow))),
    interval(alpha) {
      let rank = 0;
      while (2 * atMost(rank) <= alpha) rank += 1;
      const [low, high] = [sorted[rank - 1], sorted[sorted.length - rank]];
      return low === undefined || high === undefined ? null : { low, high };
    },
  };
}

/** P(S ≤ s) from the weights of S = 0, 1, …; 0 below, 1 above. */
export function cumulative(weights: Float64Array): (count: number) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const sums = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  return (count) => (count < 0 ? 0 : count >= sums.length ? 1 : (sums[count] as number) / total);
}
