import test from 'ava';
import fc from 'fast-check';
import { BenchError } from '../../../harness/errors.js';
import { mergeLatency } from '../../../reports/analysis/latency.js';
import { histogramOf } from '../build-run.js';

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

test('nothing recorded has no percentiles', (t) => {
  t.is(mergeLatency([]), null);
  t.is(mergeLatency([histogramOf([]), histogramOf([])]), null);
});

test('no percentile exceeds the maximum', (t) => {
  const merged = mergeLatency([histogramOf([123_457, 999_999])]);
  t.true(merged !== null && merged.p99_9 <= merged.max);
});

test('a damaged histogram is an error of the file, not a bug', (t) => {
  const damaged = { ...histogramOf([1, 2, 3]), hdr: 'AAAA' };
  const error = t.throws(() => mergeLatency([damaged]), { instanceOf: BenchError, code: 'bad-histogram' });
  t.is(error.exitCode, 2);
});
