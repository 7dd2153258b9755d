/** How often a comparison errs, and how often it finds what there is: simulated sessions, seeded. */
import test from 'ava';
import type { ChangeVerdict } from '../../../../reports/analysis/comparison/judge.js';
import { alphaOf, familyAlpha, looksOf } from '../../../../reports/analysis/comparison/stopping.js';
import { thorough } from '../../../helpers/thorough.js';
import { type Order, type Session, simulateSession } from '../../simulate-session.js';

function count(sessions: number, wanted: Session, isSo: (verdicts: ChangeVerdict[]) => boolean): number {
  let times = 0;
  for (let seed = 1; seed <= sessions; seed += 1) {
    const { metrics } = simulateSession(seed, wanted);
    if (isSo(metrics.filter(({ gates }) => gates).map(({ verdict }) => verdict))) times += 1;
  }
  return times;
}

const isWorse = (verdicts: ChangeVerdict[]) => verdicts.includes('worse');

test('A/A, sd 5 and 10 %, with a drift of 20 % and without: worse in at most 5 of 1,000 sessions', (t) => {
  const sessions = thorough ? 1000 : 25;
  let worse = 0;
  for (const sd of [0.05, 0.1])
    for (const drift of [0, 0.2]) worse += count(sessions, { sd, drift, fewest: 12, most: 60 }, isWorse);

  t.true(worse <= (4 * sessions * 5) / 1000, `${worse}`);
});

test('in an order that is not randomised a drift is taken for a change', (t) => {
  const halves: Order = (block) => (block <= 10 ? ['base', 'base'] : ['candidate', 'candidate']);

  t.true(count(200, { sd: 0.05, drift: 0.2, fewest: 20, most: 20, order: halves }, isWorse) > 100);
});

test('A/B, +5 %, 20 pairs, --min-effect 2%: found in 88 % of the sessions at least', (t) => {
  const wanted = { sd: 0.05 / Math.SQRT2, effect: Math.log(1.05), fewest: 20, most: 20, minEffect: 0.02 };

  t.true(count(500, { ...wanted, gate: ['p99'] }, isWorse) >= 440);
});

test('A/B, +10 %, 16 pairs, the usual floor: found in 95 % of the sessions at least', (t) => {
  const wanted = { sd: 0.05 / Math.SQRT2, effect: Math.log(1.1), fewest: 16, most: 16 };

  t.true(count(500, { ...wanted, gate: ['p99'] }, isWorse) >= 475);
});

test('a change to the better is never called worse', (t) => {
  const wanted = { sd: 0.05, effect: -Math.log(1.2), fewest: 12, most: 60 };

  t.is(count(200, wanted, isWorse), 0);
  t.true(count(200, wanted, (verdicts) => verdicts.every((verdict) => verdict === 'better')) >= 190);
});

test('three pairs never give a verdict', (t) => {
  const verdicts = [0, 0.5].flatMap((effect) =>
    [0, 0.001].flatMap((sd) =>
      simulateSession(1, { sd, effect, fewest: 3, most: 3 }).metrics.map(({ verdict }) => verdict),
    ),
  );

  t.deepEqual(new Set(verdicts), new Set(['inconclusive']));
});

test('most sessions of one server with itself end early, as the same', (t) => {
  const isSame = (verdicts: ChangeVerdict[]) => verdicts.every((verdict) => verdict === 'same');

  t.true(count(200, { sd: 0.03, fewest: 12, most: 60 }, isSame) >= 190);
});

test('looks are known beforehand, are three at most, and share α', (t) => {
  t.deepEqual(looksOf({ runs: 60, fewestRuns: 12 }), [12, 27, 60]);
  t.deepEqual(looksOf({ runs: 13, fewestRuns: 12 }), [12, 13]);
  t.deepEqual(looksOf({ runs: 6, fewestRuns: null }), [6]);
  t.is(alphaOf({ runs: 60, fewestRuns: 12 }) * 3, familyAlpha);
});
