import type { Histogram } from '../../../harness/record.js';
import { mergeHistograms } from '../latency.js';

/** How rare (1/(1 − q): 1, 10 at p90, 100 at p99, …) → µs, ascending; the last point is the maximum. */
export type PercentileCurve = { rarity: number; us: number }[];

const pointsPerDecade = 8;

/**
 * The percentiles of everything the histograms hold together, by nearest rank, eight to each factor of ten of 1/(1 − q), as far as
 * there are values that rare. Null when nothing was recorded.
 *
 * Source: the percentile axis of HdrHistogram's plots.
 */
export function percentileCurve(histograms: readonly Histogram[]): PercentileCurve | null {
  const merged = mergeHistograms(histograms);
  if (merged === null) return null;
  const { totalCount, maxValue } = merged;
  const points = Math.ceil(Math.log10(totalCount) * pointsPerDecade);
  const curve = Array.from({ length: points }, (_, index) => {
    const rarity = 10 ** (index / pointsPerDecade);
    return { rarity, us: Math.min(maxValue, merged.getValueAtPercentile(100 * (1 - 1 / rarity))) };
  });
  return [...curve, { rarity: totalCount, us: maxValue }];
}
