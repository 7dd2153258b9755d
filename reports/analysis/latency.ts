import type { Histogram } from '../../harness/record.js';
import { addedCounts, highestIn } from './hdr-counts.js';
import type { LatencySummary } from './latency-summary.js';

/** What was recorded, in µs, to 3 significant digits. */
export interface Distribution {
  total: number;
  max: number;
  /** By nearest rank: the smallest value that no less than so many per cent of all are within. */
  at(percentile: number): number;
  /** Each distinct value and how often it was recorded, ascending. */
  values(): Recorded[];
}

interface Recorded {
  us: number;
  times: number;
}

export function percentilesOf({ at, max }: Distribution): LatencySummary {
  return { unit: 'us', p50: at(50), p90: at(90), p99: at(99), p99_9: at(99.9), max };
}

/**
 * Everything the histograms hold together: they are added bucket by bucket. (Percentiles cannot be averaged: {99×1, 1000} and
 * {100×500} average to a p99 of 250.5, and have one of 500.) Null when nothing was recorded.
 *
 * Throws BenchError `bad-histogram` when `hdr` is no HdrHistogram V2.
 */
export function mergeHistograms(histograms: readonly Histogram[]): Distribution | null {
  return distributionOf(histograms.filter(({ count }) => count > 0).map(({ hdr }) => hdr));
}

/** The same of what is encoded. */
export function distributionOf(hdrs: readonly string[]): Distribution | null {
  const counts = addedCounts(hdrs);
  const total = counts.reduce((sum, times) => sum + times, 0);
  if (total === 0) return null;
  const withRank = (rank: number) => {
    let [bucket, within] = [0, counts[0] as number];
    while (within < rank) {
      bucket += 1;
      within += counts[bucket] as number;
    }
    return highestIn(bucket);
  };
  return {
    total,
    max: withRank(total),
    // A product may be a little more than the whole number that it should be.
    at: (percentile) => withRank(Math.max(1, Math.ceil((percentile / 100) * total * (1 - Number.EPSILON)))),
    values: () =>
      Array.from(counts, (times, bucket) => ({ us: highestIn(bucket), times })).filter(
        ({ times }) => times > 0,
      ),
  };
}
