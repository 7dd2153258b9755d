import { binomialUpperQuantile } from '../binomial.js';

/** Counts of one slot, from–to. */
export interface RandomBand {
  low: number;
  high: number;
}

/**
 * Where the counts of all slots lie together in at least 95 % of the fair random draws of `total` things: from the greatest l with
 * k · P(Binomial(N, 1/k) < l) ≤ 0.025 to the smallest h with k · P(Binomial(N, 1/k) > h) ≤ 0.025 (Bonferroni over the k
 * slots and both sides). Null where there is no choice, or nothing was drawn.
 *
 * Precondition: integers workers ≥ 1, total ≥ 0.
 */
export function randomBand(workers: number, total: number): RandomBand | null {
  if (workers < 2 || total === 0) return null;
  const tail = 0.025 / workers;
  return {
    low: total - binomialUpperQuantile(total, 1 - 1 / workers, tail),
    high: binomialUpperQuantile(total, 1 / workers, tail),
  };
}
