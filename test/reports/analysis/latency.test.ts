import test from 'ava';
import fc from 'fast-check';
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { BenchError } from '../../../harness/errors.js';
import type { Histogram } from '../../../harness/record.js';
import { mergeHistograms, percentilesOf } from '../../../reports/analysis/latency.js';
import type { LatencySummary } from '../../../reports/analysis/latency-summary.js';
import { histogramOf } from '../build-run.js';

function mergeLatency(histograms: Histogram[]): LatencySummary | null {
  const merged = mergeHistograms(histograms);
  return merged && percentilesOf(merged);
}

test('the merged p99 is that of all samples, not the mean of two', (t) => {
  const ones = histogramOf([...Array<number>(99).fill(1), 1000]);
  const fiveHundreds = histogramOf(Array<number>(100).fill(500));
  t.like(mergeLatency([ones, fiveHundreds]), { unit: 'us', p50: 500, p99: 500, max: 1000 });
});

test('percentiles are nearest-rank: the p99 of 1…100 is 99', (t) => {
  const samples = Array.from({ length: 100 }, (_, index) => index + 1);
  t.like(mergeLatency([histogramOf(samples)]), { p50: 50, p90: 90, p99: 99, p99_9: 100, max: 100 });
});

test('merging histograms gives what one histogram of all samples gives', (t) => {
  const samples = fc.array(fc.integer({ min: 1, max: 50_000_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.array(samples, { minLength: 1, maxLength: 6 }), (parts) => {
      const merged = mergeLatency(parts.map(histogramOf));
      const whole = mergeLatency([histogramOf(parts.flat())]);
      t.deepEqual(merged, whole);
    }),
    { numRuns: 50 },
  );
});

test('merging gives what the library of the histograms gives, to the last percentile', (t) => {
  const samples = fc.array(fc.integer({ min: 0, max: 60_000_000 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(fc.array(samples, { minLength: 1, maxLength: 4 }), (parts) => {
      const histograms = parts.map(histogramOf);
      const library = build({ bitBucketSize: 64, numberOfSignificantValueDigits: 3 });
      for (const { hdr } of histograms) library.add(decodeFromCompressedBase64(hdr, 64));
      const merged = mergeHistograms(histograms);
      const percentiles = [0.01, 1, 10, 33.3, 50, 90, 99, 99.9, 99.99, 100];
      t.is(merged?.total, library.totalCount);
      t.deepEqual(
        percentiles.map((percentile) => merged?.at(percentile)),
        percentiles.map((percentile) => library.getValueAtPercentile(percentile)),
      );
      t.is(merged?.max, merged?.at(100));
    }),
    { numRuns: 50 },
  );
});

test('nothing recorded has no percentiles', (t) => {
  t.is(mergeLatency([]), null);
  t.is(mergeLatency([histogramOf([]), histogramOf([])]), null);
});

test('no percentile exceeds the maximum', (t) => {
  const merged = mergeLatency([histogramOf([123_457, 999_999])]);
  t.true(merged !== null && merged.p99_9 <= merged.max);
});

test('a damaged histogram is an error of the file, not a bug', (t) => {
  const whole = histogramOf([1, 2, 3]);
  const coarse = build({ numberOfSignificantValueDigits: 2 });
  coarse.recordValue(1);
  for (const hdr of ['AAAA', '', whole.hdr.slice(0, -8), encodeIntoCompressedBase64(coarse)]) {
    const merge = () => mergeLatency([whole, { ...whole, hdr }]);
    const error = t.throws(merge, { instanceOf: BenchError, code: 'bad-histogram' });
    t.is(error.exitCode, 2);
  }
});
