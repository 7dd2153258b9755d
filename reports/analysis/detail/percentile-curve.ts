import type { Distribution } from '../latency.js';

/** How rare (1/(1 − q): 1, 10 at p90, 100 at p99, …) → µs, ascending; the last point is the maximum. */
export type PercentileCurve = { rarity: number; us: number }[];

const pointsPerDecade = 8;

/**
 * The percentiles by nearest rank, eight to each factor of ten of 1/(1 − q), as far as there are values that rare.
 *
 * Source: the percentile axis of HdrHistogram's plots.
 */
export function percentileCurve({ total, max, at }: Distribution): PercentileCurve {
  const points = Math.ceil(Math.log10(total) * pointsPerDecade);
  const curve = Array.from({ length: points }, (_, index) => {
    const rarity = 10 ** (index / pointsPerDecade);
    return { rarity, us: at(100 * (1 - 1 / rarity)) };
  });
  return [...curve, { rarity: total, us: max }];
}
