import test from 'ava';
import fc from 'fast-check';
import { median } from 'simple-statistics';
import { drift } from '../../../reports/analysis/drift.js';
import { irregularTrials } from '../../../reports/analysis/irregular-trials.js';
import { normals } from '../../../reports/analysis/normals.js';
import { modifiedZ, outliers } from '../../../reports/analysis/outliers.js';
import { slowFirstTrial } from '../../../reports/analysis/slow-first-trial.js';
import { summarize } from '../../../reports/analysis/summary.js';
import type { TrialSeries } from '../../../reports/analysis/trial-series.js';
import { thorough } from '../../helpers/thorough.js';
import { buildTrial, histogramOf } from '../build-run.js';

function seriesOf(values: readonly number[], metric: TrialSeries['metric'] = 'throughput'): TrialSeries {
  return { metric, points: values.map((value, index) => ({ run: index + 1, log: Math.log(value) })) };
}

const histogram = histogramOf([1000]);

/** Of each trial: requests per second, and a p99 in µs. */
function trialsOf(throughputs: readonly number[], p99s: readonly number[] = throughputs.map(() => 1000)) {
  return throughputs.map((completedByDeadline, index) =>
    buildTrial(
      { run: index + 1, completedByDeadline, measuredSeconds: 1 },
      { latency: { response: { ...histogram, p99: p99s[index] ?? 1000 } } },
    ),
  );
}

const codes = (throughputs: readonly number[], p99s?: readonly number[]) =>
  irregularTrials(trialsOf(throughputs, p99s)).map(({ code, metric }) => `${code} ${metric}`);

test('the modified z is .6745 of the distance from the median in MADs', (t) => {
  // Median 3, MAD 1.
  t.deepEqual(modifiedZ([1, 2, 3, 4, 100]).at(-1), 0.6745 * 97);
  // MAD 0: 1.2533 of the mean distance, 10/6.
  t.true(Math.abs((modifiedZ([5, 5, 5, 5, 5, 15]).at(-1) ?? 0) - 10 / ((1.2533 * 10) / 6)) < 1e-12);
  t.deepEqual(modifiedZ([7, 7, 7]), [0, 0, 0]);
  const few = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 25 });
  fc.assert(
    fc.property(few, (values) => {
      const deviations = values.map((value) => Math.abs(value - median(values)));
      const mad = median(deviations);
      const expected = mad === 0 ? undefined : (0.6745 * (Math.max(...values) - median(values))) / mad;
      const found = Math.max(...modifiedZ(values));
      return expected === undefined || Math.abs(found - expected) < 1e-9;
    }),
  );
});

test('a trial beyond a modified z of 3.5 is flagged, the farthest first, in cells of six trials or more', (t) => {
  t.deepEqual(
    outliers(seriesOf([100, 101, 99, 102, 98, 100, 50, 150])).map(({ run }) => run),
    [7, 8],
  );
  t.deepEqual(outliers(seriesOf([100, 101, 99, 102, 50])), []);
});

test('an outlier stays in every figure of its cell', (t) => {
  const [cell] = summarize({ trials: trialsOf([100, 101, 99, 102, 98, 10]) });
  t.is(cell?.validTrials, 6);
  t.is(cell?.throughput.low, 10);
  t.like(cell?.outliers[0], { metric: 'throughput', run: 6 });
  t.like(
    cell?.warnings.find(({ code }) => code === 'outlier-trial'),
    { run: 6, trials: 1, times: 1 },
  );
});

/** R: cor.test(1:n, y, method = "spearman", exact = TRUE). */
for (const { values, p } of [
  { values: [1, 2, 3, 4, 5, 6], p: 0.00277777777778 },
  { values: [2, 1, 3, 4, 5, 6], p: 0.0166666666667 },
  { values: [3, 1, 2, 5, 4, 7, 6], p: 0.034126984127 },
  { values: [2, 1, 4, 3, 5, 6, 8, 7], p: 0.00223214285714 },
]) {
  test(`the order ${values} has its exact p`, (t) => {
    t.true(Math.abs((drift(seriesOf(values))?.p ?? 0) - p) < 1e-9, `${drift(seriesOf(values))?.p}`);
  });
}

test('a drift is told by its median slope, over the trials that are there', (t) => {
  const found = drift(seriesOf([1, 1.1, 1.21, 1.331, 1.4641, 1.61051].map((value) => value * 100)));
  t.true(Math.abs((found?.ratio ?? 0) - 1.61051) < 1e-9);
  t.is(drift(seriesOf([1, 2, 3, 4, 5])), undefined);
});

test('a slow first trial has the p of Student’s t', (t) => {
  // R: t 17.0954 with 4 degrees of freedom, pt(-t, 4)
  const found = slowFirstTrial(seriesOf([60, 100, 104, 98, 101, 97]));
  t.true(Math.abs((found?.p ?? 1) - 3.43367580991e-5) < 1e-9, `${found?.p}`);
  t.true((slowFirstTrial(seriesOf([60, 100, 104, 98, 101, 97], 'p99'))?.p ?? 0) > 0.99);
  t.is(slowFirstTrial({ metric: 'p99', points: seriesOf(Array(9).fill(1)).points.slice(1) }), undefined);
});

test('what is the matter with the trials is said', (t) => {
  const steady = [100, 101, 99, 102, 98, 100];
  t.deepEqual(codes(steady), []);
  t.deepEqual(codes([60, ...steady]), ['outlier-trial throughput', 'slow-first-trial throughput']);
  t.deepEqual(codes([...steady, 60]), ['outlier-trial throughput']);
  t.deepEqual(codes([100, 95, 90, 86, 82, 78, 74]), ['drift throughput']);
  t.deepEqual(codes([100, 51, 101, 50, 99, 49, 52, 102, 48, 98, 100.5, 50.5]), ['bimodal throughput']);
  t.deepEqual(codes(steady, [1000, 1100, 1200, 1300, 1400, 1500]), ['drift p99']);
});

test('two groups are told with their sizes and means', (t) => {
  const [found] = irregularTrials(trialsOf([100, 50, 100, 50, 100, 50, 50, 100, 50, 100, 100, 50]));
  t.like(found, { code: 'bimodal', trials: 12 });
  const { low, high } = found as unknown as Record<'low' | 'high', { trials: number; value: number }>;
  t.deepEqual([low.trials, high.trials, Math.round(low.value), Math.round(high.value)], [6, 6, 50, 100]);
});

test('differences of less than 5 % are of no consequence', (t) => {
  t.deepEqual(codes([100, 100.5, 101, 101.5, 102, 102.5, 103]), []);
  t.deepEqual(codes([96, 100, 100, 100, 100, 100, 100]), []);
});

/** P(Binomial(cells, .01) > most) < .002. */
for (const { n, cells, most } of thorough
  ? [
      { n: 6, cells: 1000, most: 20 },
      { n: 12, cells: 1000, most: 20 },
      { n: 30, cells: 300, most: 9 },
    ]
  : [{ n: 12, cells: 150, most: 6 }]) {
  test(`of ${cells} healthy cells of ${n} trials each warning is false in 1 %`, (t) => {
    const normal = normals(20_260_720 + n);
    const times: Record<string, number> = {};
    for (let cell = 0; cell < cells; cell++) {
      const around = (scale: number) => Array.from({ length: n }, () => scale * Math.exp(normal() / 5));
      for (const { code } of irregularTrials(trialsOf(around(5000), around(1000))))
        times[code] = (times[code] ?? 0) + 1;
    }
    for (const [code, falsely] of Object.entries(times)) t.true(falsely <= most, `${code}: ${falsely}`);
  });
}
