import test from 'ava';
import { acceptStrip } from '../../../reports/analysis/detail/accept-strip.js';
import { detailCell } from '../../../reports/analysis/detail/detail.js';
import { latencyOverTime } from '../../../reports/analysis/detail/latency-over-time.js';
import { percentileCurve } from '../../../reports/analysis/detail/percentile-curve.js';
import { randomBand } from '../../../reports/analysis/detail/random-band.js';
import { transitionShares } from '../../../reports/analysis/detail/transition-shares.js';
import { mergeHistograms } from '../../../reports/analysis/latency.js';
import { mergedCells } from '../../../reports/analysis/merged-cells.js';
import { buildFullRun } from '../build-full-run.js';
import { buildTrial, histogramOf, sequenceOf } from '../build-run.js';

// Of binomial terms added up as fractions of whole numbers.
test('the random band is between the exact binomial quantiles', (t) => {
  t.deepEqual(randomBand(4, 1000), { low: 216, high: 285 });
  t.deepEqual(randomBand(8, 50), { low: 1, high: 13 });
  t.deepEqual(randomBand(2, 10), { low: 2, high: 8 });
  t.is(randomBand(1, 1000), null);
  t.is(randomBand(4, 0), null);
});

test('a curve of percentiles ends in the maximum and goes through those of the summary', (t) => {
  const recorded = mergeHistograms([histogramOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), histogramOf([100, 200])]);
  const curve = recorded ? percentileCurve(recorded) : [];
  t.deepEqual(curve.at(-1), { rarity: 12, us: 200 });
  t.is(curve.find(({ rarity }) => rarity === 10)?.us, recorded?.at(90));
  t.deepEqual(
    curve.map(({ us }) => us),
    curve.map(({ us }) => us).toSorted((a, b) => a - b),
  );
});

test('every answer is in one place of the heat map, and few intervals have none', (t) => {
  const samples = [
    [1, 50, 999],
    [1000, 1001],
    [0, 123_456],
  ];
  const response = samples.map((each) => histogramOf(each).hdr);
  const map = latencyOverTime({ ...buildTrial().timeline, response });
  t.deepEqual(
    map?.counts.map(sum),
    samples.map(({ length }) => length),
  );
  const bounds = map?.boundsUs ?? [];
  t.true((bounds[0] ?? 2) <= 1 && (bounds.at(-1) ?? 0) > 123_456);
  t.is(map?.counts[0]?.[bounds.findIndex((bound) => bound > 999) - 1], 1);
  t.is(latencyOverTime({ ...buildTrial().timeline, response: response.slice(1) }), null);
});

test('under strict turns each column of the strip is of one slot', (t) => {
  const order = Array.from({ length: 1000 }, (_, accept) => accept % 12);
  const slots = Buffer.from(Uint16Array.from(order).buffer).toString('base64');
  const strip = acceptStrip({ slots, truncated: false }, 12, 1000);
  t.is(strip?.rows.length, 8);
  for (const row of strip?.rows ?? []) t.deepEqual(row, order.slice(0, 60));
  t.is(acceptStrip({ slots, truncated: false }, 1), null);
});

test('transitions are shares of what followed, and many slots are told in groups', (t) => {
  const strict = transitionShares(sequenceOf([0, 1, 2, 0, 1, 2, 0], 3));
  t.deepEqual(strict?.shares, [
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ]);
  const many = transitionShares(
    sequenceOf(
      Array.from({ length: 400 }, (_, accept) => accept % 40),
      40,
    ),
  );
  t.deepEqual(many?.groups.slice(-2), ['36–38', '39']);
  t.deepEqual(many?.expected.at(-1), 1 / 40);
  t.true(many?.shares.every((row) => row !== null && Math.abs(sum(row) - 1) < 1e-9));
});

test('each cell has its valid trials as dots, and the typical one in detail', (t) => {
  const details = mergedCells(buildFullRun()).map((cell) => detailCell(cell, 'response'));
  t.is(details.length, 2);
  for (const { figures, typical, handOff, percentiles } of details) {
    t.deepEqual(
      figures.map(({ name, trials }) => [name, trials.length]),
      ['throughput', 'fairness', 'p99', 'cpu'].map((name) => [name, 6]),
    );
    t.deepEqual(
      percentiles.map(({ kind }) => kind),
      ['connect', 'response'],
    );
    t.truthy(handOff);
    t.deepEqual(
      Object.values(typical ?? {}).filter((part) => part === null),
      [],
    );
    t.is(typical?.cpu.length, 7);
    t.is(typical?.latencyBySlot?.sampling, 4);
  }
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
