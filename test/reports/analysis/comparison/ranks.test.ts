import { readFileSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { holmLevels } from '../../../../reports/analysis/comparison/holm.js';
import { rankSumAtMost, unpairedShift } from '../../../../reports/analysis/comparison/rank-sum.js';
import type { Shift } from '../../../../reports/analysis/comparison/shift.js';
import { pairedShift, signedRankAtMost } from '../../../../reports/analysis/comparison/signed-rank.js';
import { fixture } from '../../../helpers/fixture.js';

/** By R: test/fixtures/reference.R. */
const reference: Record<string, number[]> = JSON.parse(readFileSync(fixture('reference.json'), 'utf8'));
const values = (name: string) => reference[name] ?? [];
const one = (name: string) => values(name)[0] ?? Number.NaN;

function close(t: ExecutionContext, seen: number | undefined, expected: number, relative = 1e-9) {
  t.true(
    Math.abs((seen ?? Number.NaN) - expected) <= relative * Math.abs(expected) + 1e-12,
    `${seen}, not ${expected}`,
  );
}

function assertInterval(t: ExecutionContext, shift: Shift | null, alpha: number, name: string) {
  const { low, high } = shift?.interval(alpha) ?? { low: Number.NaN, high: Number.NaN };
  for (const [index, end] of [low, high].entries()) close(t, end, values(name)[index] ?? Number.NaN);
}

test('the signed ranks are distributed as in R', (t) => {
  const ten = signedRankAtMost(10);
  for (const [count, p] of values('psignrank10').entries()) close(t, ten(count), p);
  const sixty = signedRankAtMost(60);
  for (const [index, count] of values('psignrank60at').entries())
    close(t, sixty(count), values('psignrank60')[index] ?? 0);
  t.deepEqual([ten(-1), ten(1000)], [0, 1]);
});

test('the rank sums are distributed as in R', (t) => {
  const few = rankSumAtMost(5, 7);
  for (const [count, p] of values('pwilcox5and7').entries()) close(t, few(count), p);
  const many = rankSumAtMost(40, 45);
  for (const [index, count] of values('pwilcox40and45at').entries())
    close(t, many(count), values('pwilcox40and45')[index] ?? 0);
});

test('pairs: estimate, p and exact intervals are those of R’s wilcox.test', (t) => {
  const shift = pairedShift(values('after').map((after, index) => after - (values('before')[index] ?? 0)));

  close(t, shift?.estimate, one('pairedEstimate'));
  close(t, shift?.p, one('pairedP'));
  assertInterval(t, shift, 0.05, 'paired95');
  assertInterval(t, shift, 0.01, 'paired99');
});

test('independent samples: estimate, p and exact intervals are those of R’s wilcox.test', (t) => {
  const shift = unpairedShift(values('term'), values('early'));

  close(t, shift?.estimate, one('unpairedEstimate'));
  close(t, shift?.p, one('unpairedP'));
  assertInterval(t, shift, 0.05, 'unpaired95');
  assertInterval(t, shift, 0.01, 'unpaired99');
});

test('Holm rejects what R’s p.adjust rejects', (t) => {
  const ps = values('ps');
  for (const alpha of [0.02, 0.04, 0.06, 0.085, 0.1, 0.3]) {
    const levels = holmLevels(ps, alpha);
    t.deepEqual(
      ps.map((p, index) => p <= (levels[index] ?? 0)),
      values('holm').map((adjusted) => adjusted <= alpha),
    );
  }
});

const sample = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 12 });
/** With ties. */
const coarse = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 });
const alphas = fc.constantFrom(0.001, 0.005, 0.01, 0.05, 0.2);

test('an interval excludes 0 just when the p is at most its level, with ties too', (t) => {
  const agrees = (shift: Shift | null, alpha: number) => {
    const interval = shift?.interval(alpha);
    if (!shift) return false;
    return (interval ? interval.low > 0 || interval.high < 0 : false) === shift.p <= alpha;
  };
  fc.assert(fc.property(fc.oneof(sample, coarse), alphas, (a, alpha) => agrees(pairedShift(a), alpha)));
  fc.assert(
    fc.property(fc.oneof(sample, coarse), fc.oneof(sample, coarse), alphas, (a, b, alpha) =>
      agrees(unpairedShift(a, b), alpha),
    ),
  );
  t.pass();
});

test('swapping the sides turns the shift about, and moving one moves it as far', (t) => {
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const [there, back] = [unpairedShift(a, b), unpairedShift(b, a)];
      const moved = unpairedShift(
        a,
        b.map((value) => value + 2),
      );
      return (
        Math.abs((there?.estimate ?? 0) + (back?.estimate ?? 0)) < 1e-9 &&
        Math.abs((there?.p ?? 0) - (back?.p ?? 0)) < 1e-12 &&
        Math.abs((moved?.estimate ?? 0) - (there?.estimate ?? 0) - 2) < 1e-9
      );
    }),
  );
  t.pass();
});

test('too few trials have no interval', (t) => {
  t.is(pairedShift([]), null);
  t.is(unpairedShift([], [1]), null);
  t.is(pairedShift([1, 1, 1])?.interval(0.01), null);
  t.is(pairedShift([1, 1, 1, 1, 1])?.interval(0.05), null);
  t.deepEqual(pairedShift([1, 2, 3, 4, 5, 6])?.interval(0.05), { low: 1, high: 6 });
});
