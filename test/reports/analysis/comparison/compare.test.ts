import test from 'ava';
import fc from 'fast-check';
import type { RunRecord, TrialRecord } from '../../../../harness/record.js';
import type { CellTrials } from '../../../../reports/analysis/cells.js';
import { compareCells } from '../../../../reports/analysis/comparison/compare.js';
import { fewestPairs } from '../../../../reports/analysis/comparison/judge.js';
import { compareRuns } from '../../../../reports/analysis/comparison/of-files.js';
import { compareRun } from '../../../../reports/analysis/comparison/of-run.js';
import { buildRun, buildTrial } from '../../build-run.js';

const criteria = { gate: ['throughput', 'p99'], minEffect: 0.05, alpha: 0.01 };
const template = buildTrial({ measuredSeconds: 1, responseUs: [100] });

function trial(run: number, perSecond: number, valid = true): TrialRecord {
  return { ...template, run, valid, client: { ...template.client, completedByDeadline: perSecond } };
}

const cell = (figures: readonly number[]): CellTrials => ({
  cell: template.cell,
  trials: figures.map((figure, index) => trial(index + 1, figure)),
});

const throughputOf = (base: CellTrials, candidate: CellTrials, isPaired = true) => {
  const [comparison] = compareCells([{ base, candidate }], isPaired, criteria);
  return comparison?.metrics.find(({ metric }) => metric.name === 'throughput');
};

const figures = fc.array(fc.integer({ min: 100, max: 10_000 }), { minLength: 1, maxLength: 16 });
const mirrored = { better: 'worse', worse: 'better', same: 'same', inconclusive: 'inconclusive' } as const;

test('what is compared with itself is the same or inconclusive', (t) => {
  fc.assert(
    fc.property(figures, fc.boolean(), (values, isPaired) => {
      const side = cell(values);
      const [comparison] = compareCells([{ base: side, candidate: side }], isPaired, criteria);
      return (comparison?.metrics ?? []).every(({ verdict }) => ['same', 'inconclusive'].includes(verdict));
    }),
  );
  t.pass();
});

test('swapping base and candidate mirrors the verdict and the ratio', (t) => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 100, max: 300 }), fc.integer({ min: 100, max: 600 })), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(pairs, fc.boolean(), (values, isPaired) => {
      const [one, other] = [cell(values.map(([a]) => a)), cell(values.map(([, b]) => b))];
      const [there, back] = [throughputOf(one, other, isPaired), throughputOf(other, one, isPaired)];
      return (
        there !== undefined &&
        back?.verdict === mirrored[there.verdict] &&
        Math.abs((there.ratio ?? 0) * (back.ratio ?? 0) - 1) < 1e-9
      );
    }),
  );
  t.pass();
});

test('of a pair with an invalid trial neither counts, and what is mostly invalid has no verdict', (t) => {
  const base = cell(Array(12).fill(1000));
  const candidate = cell(Array(12).fill(500));
  t.is(throughputOf(base, candidate)?.verdict, 'worse');

  const some = { ...candidate, trials: candidate.trials.map((each) => ({ ...each, valid: each.run > 6 })) };
  const [half] = compareCells([{ base, candidate: some }], true, criteria);
  t.like(half, { trials: { base: 6, candidate: 6 }, problem: null });

  const few = { ...candidate, trials: candidate.trials.map((each) => ({ ...each, valid: each.run > 7 })) };
  const [mostly] = compareCells([{ base, candidate: few }], true, criteria);
  t.is(mostly?.problem, 'mostly-invalid');
  t.true(mostly?.metrics.every(({ verdict, interval }) => verdict === 'inconclusive' && interval === null));
});

test('a higher throughput is better, a higher CPU is not', (t) => {
  const quick = cell(Array(12).fill(2000));
  t.is(throughputOf(cell(Array(12).fill(1000)), quick)?.verdict, 'better');

  const hungry = quick.trials.map((each) => ({
    ...each,
    front: each.front.map((row) => ({ ...row, cpuSeconds: 9 })),
  }));
  const [comparison] = compareCells(
    [{ base: quick, candidate: { ...quick, trials: hungry } }],
    true,
    criteria,
  );
  t.is(comparison?.metrics.find(({ metric }) => metric.name === 'cpu')?.verdict, 'worse');
});

test('a change below the floor is no change that matters', (t) => {
  const base = cell(Array(12).fill(1000));
  t.is(throughputOf(base, cell(Array(12).fill(960)))?.verdict, 'same');
  t.is(throughputOf(base, cell(Array(12).fill(940)))?.verdict, 'worse');
});

test('so many pairs are needed for any interval at all', (t) => {
  t.deepEqual([0.05, 0.01, 0.01 / 2, 0.01 / 6].map(fewestPairs), [6, 8, 9, 11]);
});

test('policies are compared with the first one, or with the reference', (t) => {
  const trials = ['rr', 'shared', 'single'].map((policy) =>
    buildTrial({ policy, workers: policy === 'single' ? 1 : 4 }),
  );
  const run = buildRun(trials);
  const plan = { ...run.plan, policies: ['rr', 'shared', 'single'] };
  const names = (plan: RunRecord['plan']) =>
    compareRun({ trials, plan })
      .map(({ base, candidate }) => [base.policy, candidate.policy])
      .toSorted();

  t.deepEqual(names(plan), [
    ['rr', 'shared'],
    ['rr', 'single'],
  ]);
  t.deepEqual(names({ ...plan, reference: 'shared' }), [
    ['shared', 'rr'],
    ['shared', 'single'],
  ]);
  t.deepEqual(names({ ...plan, reference: 'pm2' }), []);
});

test('of two runs it is told what else differs, and a Node or an app may be another', (t) => {
  const base = buildRun([buildTrial({ node: '22.1.0' })]);
  const candidate = buildRun([buildTrial({ node: '24.1.0' })]);
  const { environment } = candidate;
  const other = { ...candidate, environment: { ...environment, kernel: '7.0', cpuModel: 'another' } };

  const { comparisons, differences } = compareRuns(base, other, criteria);
  t.is(comparisons.length, 1);
  t.true(['kernel', 'CPU', 'Node'].every((what) => differences.some((each) => each.what === what)));

  const more = buildRun([buildTrial({ node: '22.1.0' }), buildTrial({ policy: 'shared', node: '22.1.0' })]);
  t.deepEqual(
    compareRuns(more, base, criteria).differences.filter(({ what }) => what.startsWith('the cell')),
    [{ what: 'the cell shared × 4 on Node 22.1.0', base: 'measured', candidate: 'not measured' }],
  );

  const error = t.throws(() => compareRuns(base, buildRun([buildTrial({ policy: 'shared' })]), criteria));
  t.regex(error?.message ?? '', /^the two runs have no cell in common: policy is rr and shared/);
});
