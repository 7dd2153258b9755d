import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Hdr } from '../hdr.js';
import type { Histogram } from '../record.js';

/** What the library has, beyond its public interface. */
type JsHistogram = Hdr & {
  countsArrayLength: number;
  valueFromIndex(index: number): number;
  getCountAtIndex(index: number): number;
};

const significantDigits = 3;

/** An empty histogram of whole microseconds that grows as it must. */
export function emptyHistogram(): Hdr {
  return build({ numberOfSignificantValueDigits: significantDigits, autoResize: true, bitBucketSize: 64 });
}

/** Record `ms` as whole µs. */
export function recordMs(histogram: Hdr, ms: number): void {
  histogram.recordValue(Math.max(0, Math.round(ms * 1e3)));
}

/** The same with each of them, of which there may be millions: what is equal is recorded once. */
export function recordAllMs(histogram: Hdr, ms: Float64Array): void {
  const times = new Uint32Array(2 ** 16);
  for (let index = 0; index < ms.length; index += 1) {
    const us = Math.max(0, Math.round((ms[index] as number) * 1e3));
    if (us < times.length) times[us] = (times[us] as number) + 1;
    else histogram.recordValue(us);
  }
  for (const [us, count] of times.entries()) if (count > 0) histogram.recordValueWithCount(us, count);
}

/** One histogram of all samples of some. */
export function merged(histograms: readonly Hdr[]): Hdr {
  const sum = emptyHistogram();
  for (const histogram of histograms) sum.add(histogram);
  return sum;
}

/** As the record holds it. Percentiles are nearest-rank: the highest value that is equivalent to the sample's. */
export function toRecord(histogram: Hdr, max: number = histogram.maxValue): Histogram {
  // A percentile is the highest value of its bucket, which may lie above every sample.
  const at = (percentile: number) => Math.min(histogram.getValueAtPercentile(percentile), max);
  return {
    unit: 'us',
    count: histogram.totalCount,
    min: at(0),
    max,
    mean: histogram.mean,
    p50: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p99_9: at(99.9),
    p99_99: at(99.99),
    hdr: encode(histogram),
  };
}

/** How many samples are above `us`, to the 3 digits that a histogram has. */
export function countAbove({ hdr }: Histogram, us: number): number {
  const histogram = decodeFromCompressedBase64(hdr) as JsHistogram;
  let count = 0;
  for (let index = 0; index < histogram.countsArrayLength; index += 1)
    if (histogram.valueFromIndex(index) > us) count += histogram.getCountAtIndex(index);
  return count;
}

/** V2 compressed base64, as every HdrHistogram library reads it. */
export function encode(histogram: Hdr): string {
  return encodeIntoCompressedBase64(histogram);
}
