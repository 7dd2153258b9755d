import test from 'ava';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  findChangePoints,
  permutations,
  shortestSegment,
  strongestSplit,
} from '../../../reports/analysis/change-points.js';
import { thorough } from '../../helpers/thorough.js';

/** Of hundreds of series: left to CI. */
const simulated = thorough ? test : test.skip;

test('the energy distance of two groups is as reckoned by hand', (t) => {
  // n = m = 3: Q = 9/6 · 2/9 · 9 · 1, nothing within.
  t.deepEqual(strongestSplit([0, 0, 0, 1, 1, 1], [0, 6]), { at: 3, q: 3 });
  // Between: 9 pairs, 90 in all; within each: 1 + 1 + 2. Q = 9/6 · (2/9 · 90 − 2/6 · 4 − 2/6 · 4) = 26.
  const split = strongestSplit([0, 1, 2, 10, 11, 12], [0, 6]);
  t.is(split?.at, 3);
  t.true(Math.abs((split?.q ?? 0) - 26) < 1e-12);
});

test('a level that comes back is split from what is before it, without what is after', (t) => {
  const split = strongestSplit([0, 1, 2, 10, 11, 12, 0, 1, 2], [0, 9]);
  t.is(split?.at, 3);
  t.true(Math.abs((split?.q ?? 0) - 26) < 1e-12);
});

test('the strongest split is that of the definition, pair by pair', (t) => {
  const series = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 6, maxLength: 14 });
  fc.assert(
    fc.property(series, (values) => {
      const found = strongestSplit(values, [0, values.length])?.q ?? Number.NaN;
      return Math.abs(found - greatestByDefinition(values)) < 1e-9;
    }),
  );
  t.pass();
});

test('segments are split apart, and one too short for two is not', (t) => {
  t.is(strongestSplit([0, 0, 0, 9, 9], [0, 5]), undefined);
  t.deepEqual(strongestSplit([5, 5, 5, 0, 0, 0, 1, 1, 1], [0, 3, 9]), { at: 6, q: 3 });
});

simulated(
  'a step of 3 standard deviations in the middle of 30 is found within a run in 95 % of cases at least',
  (t) => {
    const found = seeds.filter((seed) =>
      findChangePoints(
        noise(seed, (index) => (index < 15 ? 0 : 3)),
        seed,
      ).some(({ at }) => Math.abs(at - 15) <= 1),
    );
    t.true(found.length >= 190, `${found.length} of 200`);
  },
);

simulated('a dip has a change where it begins and one where it ends', (t) => {
  const series = (seed: number) => noise(seed, (index) => (index < 10 || index >= 20 ? 0 : -5));
  const found = seeds.map((seed) => findChangePoints(series(seed), seed).map(({ at }) => at));
  t.true(found.filter((places) => places.includes(10) && places.includes(20)).length >= 180);
});

simulated('of 200 series of 30 without a change no more show one than a significance of .01 allows', (t) => {
  const alarms = seeds.filter(
    (seed) =>
      findChangePoints(
        noise(seed, () => 0),
        seed,
      ).length > 0,
  );
  // P(Binomial(200, .01) > 7) = .001.
  t.true(alarms.length <= 7, `${alarms.length} of 200`);
});

test('the p of a change is that of the permutation test: the least there is where it is clear', (t) => {
  const values = Array.from({ length: 40 }, (_, index) => (index < 20 ? 0 : 1));
  t.deepEqual(findChangePoints(values, 1), [{ at: 20, p: 1 / (permutations + 1) }]);
});

test('fewer than ten values have no change point, however clear, nor have equal ones', (t) => {
  t.deepEqual(findChangePoints([1, 1, 1, 1, 9, 9, 9, 9, 9], 1), []);
  t.deepEqual(findChangePoints(Array<number>(30).fill(4), 1), []);
  t.deepEqual(findChangePoints([], 1), []);
});

test('change points are the same in every unit and at every time', (t) => {
  const values = noise(5, (index) => (index < 12 ? 0 : 4)).map((value) => Math.exp(10 + value / 20));
  const places = (factor: number) =>
    findChangePoints(
      values.map((value) => Math.log(value * factor)),
      3,
    );
  t.is(places(1).length, 1);
  for (const factor of [1, 1e-6, 60, 1e9]) t.deepEqual(places(factor), places(1));
});

const seeds = Array.from({ length: 200 }, (_, index) => index);

/** 30 standard normal values (Box and Muller) over a level. */
function noise(seed: number, level: (index: number) => number): number[] {
  const random = xoroshiro128plus(seed + 1000);
  return Array.from({ length: 30 }, (_, index) => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(random)));
    return level(index) + radius * Math.cos(2 * Math.PI * uniformFloat64(random));
  });
}

function greatestByDefinition(values: readonly number[]): number {
  const distances = (a: readonly number[], b: readonly number[]) =>
    a.flatMap((x) => b.map((y) => Math.abs(x - y))).reduce((sum, distance) => sum + distance, 0);
  const all: number[] = [];
  for (let tau = shortestSegment; tau <= values.length - shortestSegment; tau += 1)
    for (let kappa = tau + shortestSegment; kappa <= values.length; kappa += 1) {
      const [x, y] = [values.slice(0, tau), values.slice(tau, kappa)];
      const [n, m] = [x.length, y.length];
      // Over ordered pairs, so each pair twice.
      const within = distances(x, x) / (n * (n - 1)) + distances(y, y) / (m * (m - 1));
      all.push(((n * m) / (n + m)) * ((2 * distances(x, y)) / (n * m) - within));
    }
  return Math.max(...all);
}
