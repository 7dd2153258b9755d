import test from 'ava';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { dip } from '../../../reports/analysis/dip.js';

/** Quality of 63 faculties: Hartigan & Hartigan, Ann. Statist. 13 (1985); R's diptest gives 0.05952381 (7.5/126). */
const faculties = [
  30, 33, 35, 36, 37, 37, 39, 39, 39, 39, 39, 40, 40, 40, 40, 41, 42, 43, 43, 43, 44, 44, 45, 45, 46, 46, 47,
  47, 48, 48, 48, 49, 50, 50, 51, 52, 52, 53, 53, 53, 53, 53, 54, 54, 57, 57, 59, 60, 60, 60, 61, 61, 61, 61,
  62, 62, 62, 62, 63, 66, 70, 72, 72,
];

test('the published sample has its published dip', (t) => {
  t.true(Math.abs(dip(faculties) - 7.5 / 126) < 1e-12);
  t.true(Math.abs(dip(faculties.map((value) => -value)) - 7.5 / 126) < 1e-12);
});

test('two heaps have the greatest dip, equal steps the least', (t) => {
  t.is(dip([0, 0, 1, 1]), 0.25);
  t.true(Math.abs(dip([1, 2, 3, 4, 5]) - 0.1) < 1e-12);
});

/** Quantiles .5, .95 and .99 of uniform samples: `qDiptab` of R's diptest, a million samples each. */
for (const { n, quantiles } of [
  { n: 10, quantiles: [0.09778, 0.13961, 0.15968] },
  { n: 20, quantiles: [0.07334, 0.10513, 0.12062] },
  { n: 50, quantiles: [0.04885, 0.07027, 0.0812] },
]) {
  test(`the dip of ${n} uniform values has its tabulated quantiles`, (t) => {
    const random = xoroshiro128plus(20260713);
    const dips = Array.from({ length: 4000 }, () =>
      dip(Array.from({ length: n }, () => uniformFloat64(random))),
    ).sort((a, b) => a - b);
    for (const [index, share] of [0.5, 0.95, 0.99].entries())
      t.true(
        Math.abs((dips[share * 4000] ?? 0) / (quantiles[index] ?? 1) - 1) < 0.03,
        `${dips[share * 4000]}`,
      );
  });
}
