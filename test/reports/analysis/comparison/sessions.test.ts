/** How often a comparison errs, and how often it finds what there is: simulated sessions, seeded. */
import test from 'ava';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { TrialRecord } from '../../../../harness/record.js';
import { type Comparison, compareCells } from '../../../../reports/analysis/comparison/compare.js';
import type { ChangeVerdict } from '../../../../reports/analysis/comparison/judge.js';
import {
  alphaOf,
  familyAlpha,
  isDecided,
  looksOf,
} from '../../../../reports/analysis/comparison/stopping.js';
import { thorough } from '../../../helpers/thorough.js';
import { buildTrial } from '../../build-run.js';

type Order = (block: number) => ('base' | 'candidate')[];

interface Session {
  /** Of ln of one trial's figure. */
  sd: number;
  /** What the machine loses from the first trial to the last. */
  drift?: number;
  /** ln of the candidate's true ratio, of every metric to the worse. */
  effect?: number;
  fewest: number;
  most: number;
  gate?: string[];
  minEffect?: number;
  order?: Order;
}

const template = buildTrial({ measuredSeconds: 1, responseUs: [100] });

/** One `bench ab`, with its looks, on made-up figures. */
function session(
  seed: number,
  { sd, drift = 0, effect = 0, fewest, most, order, ...asked }: Session,
): Comparison {
  const random = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(random);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const plan = { runs: most, fewestRuns: fewest < most ? fewest : null };
  const trials: { base: TrialRecord[]; candidate: TrialRecord[] } = { base: [], candidate: [] };
  const shuffled: Order = () => (uniform() < 0.5 ? ['base', 'candidate'] : ['candidate', 'base']);
  let ran = 0;
  const figure = (side: string) => {
    const lost = (drift * ran) / (2 * most);
    return Math.exp((side === 'candidate' ? effect : 0) + sd * normal()) / (1 - lost);
  };
  for (let block = 1; ; block += 1) {
    for (const side of (order ?? shuffled)(block)) {
      trials[side].push(trialWith(trials[side].length + 1, 1e6 / figure(side), 1000 * figure(side)));
      ran += 1;
    }
    if (!looksOf(plan).includes(block)) continue;
    const cells = { base: cellOf(trials.base), candidate: cellOf(trials.candidate) };
    const criteria = { gate: ['throughput', 'p99'], minEffect: 0.05, ...asked, alpha: alphaOf(plan) };
    const found = compareCells([cells], true, criteria);
    if (isDecided(found) || block === most) return found[0] as Comparison;
  }
}

const cellOf = (trials: TrialRecord[]) => ({ cell: template.cell, trials });

function trialWith(run: number, perSecond: number, p99: number): TrialRecord {
  const { client, latency } = template;
  const response = latency.response && { ...latency.response, p99 };
  return {
    ...template,
    run,
    client: { ...client, completedByDeadline: perSecond },
    latency: { ...(response && { response }) },
  };
}

function count(sessions: number, wanted: Session, isSo: (verdicts: ChangeVerdict[]) => boolean): number {
  let times = 0;
  for (let seed = 1; seed <= sessions; seed += 1) {
    const { metrics } = session(seed, wanted);
    if (isSo(metrics.filter(({ gates }) => gates).map(({ verdict }) => verdict))) times += 1;
  }
  return times;
}

const isWorse = (verdicts: ChangeVerdict[]) => verdicts.includes('worse');

test('A/A, sd 5 and 10 %, with a drift of 20 % and without: worse in at most 5 of 1,000 sessions', (t) => {
  const sessions = thorough ? 1000 : 250;
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
      session(1, { sd, effect, fewest: 3, most: 3 }).metrics.map(({ verdict }) => verdict),
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
