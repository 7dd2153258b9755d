import { usageError } from '../../harness/errors.js';
import { build, decodeFromCompressedBase64, type Hdr } from '../../harness/hdr.js';
import type { Histogram } from '../../harness/record.js';
import type { LatencySummary } from './latency-summary.js';

/**
 * Percentiles of everything the histograms hold together: they are added bucket by bucket and read once, by nearest
 * rank. (Percentiles cannot be averaged: {99×1, 1000} and {100×500} average to a p99 of 250.5, and have one of 500.)
 * In µs, to 3 significant digits. Null when nothing was recorded.
 *
 * Throws BenchError `bad-histogram` when `hdr` is no HdrHistogram V2.
 */
export function mergeLatency(histograms: readonly Histogram[]): LatencySummary | null {
  const merged = mergeHistograms(histograms);
  if (merged === null) return null;
  const at = (percentile: number) => Math.min(merged.getValueAtPercentile(percentile), merged.maxValue);
  return { unit: 'us', p50: at(50), p90: at(90), p99: at(99), p99_9: at(99.9), max: merged.maxValue };
}

/** All of them in one, in µs; null when nothing was recorded. Throws as {@link mergeLatency}. */
export function mergeHistograms(histograms: readonly Histogram[]): Hdr | null {
  const merged = build({ bitBucketSize: 64, autoResize: true, numberOfSignificantValueDigits: 3 });
  for (const histogram of histograms) if (histogram.count > 0) merged.add(decode(histogram.hdr));
  return merged.totalCount === 0 ? null : merged;
}

/** Throws BenchError `bad-histogram` as {@link mergeLatency}. */
export function decode(hdr: string): Hdr {
  try {
    return decodeFromCompressedBase64(hdr, 64);
  } catch (cause) {
    throw usageError(
      'bad-histogram',
      `a latency histogram in the record is damaged: "${hdr.slice(0, 16)}…" is not HdrHistogram V2 base64`,
      cause,
    );
  }
}

/** Each distinct value, at the resolution of the histogram, and how often it was recorded. */
export function recordedValues(histogram: Hdr): { us: number; times: number }[] {
  const { recordedValuesIterator: iterator } = histogram as Hdr & Iterated;
  const values: { us: number; times: number }[] = [];
  iterator.reset();
  while (iterator.hasNext()) {
    const { valueIteratedTo, countAtValueIteratedTo } = iterator.next();
    values.push({ us: valueIteratedTo, times: countAtValueIteratedTo });
  }
  return values;
}

/** What every histogram of hdr-histogram-js has, though its types do not say so. */
interface Iterated {
  recordedValuesIterator: {
    reset(): void;
    hasNext(): boolean;
    next(): { valueIteratedTo: number; countAtValueIteratedTo: number };
  };
}
