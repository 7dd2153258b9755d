import test from 'ava';
import type { RunRecord } from '../../../harness/record.js';
import { describeHistory } from '../../../reports/analysis/history.js';
import type { MetricName } from '../../../reports/analysis/history-metrics.js';
import { historyRun } from '../../../reports/analysis/history-run.js';
import { summarize } from '../../../reports/analysis/summary.js';
import { buildHistory } from '../build-history.js';
import { buildRun, buildTrial } from '../build-run.js';

function describe(
  records: readonly RunRecord[],
  options: { metrics?: MetricName[]; policies?: string[] } = {},
) {
  const runs = records.map((record, index) => historyRun(record, `${index + 1}.json`));
  return describeHistory(runs, { metrics: ['throughput'], seed: 1, ...options });
}

const slower = (from: number) => (run: number) => (run < from ? 1 : 0.85);

test('the figures of a series are those of the report of each run', (t) => {
  const records = buildHistory({ runs: 3 });
  const metrics: MetricName[] = ['throughput', 'p50', 'p99', 'cpu', 'jain'];
  const { cells } = describe(records, { metrics });
  const reported = records.map((record) => summarize(record)[0]);
  const expected = [
    reported.map((summary) => summary?.throughput.median),
    reported.map((summary) => summary?.latency.response?.p50),
    reported.map((summary) => summary?.latency.response?.p99),
    reported.map((summary) => summary?.cpuPerExchange?.median),
    reported.map((summary) => summary?.fairness.connections.jain?.median),
  ];
  t.deepEqual(
    cells[0]?.series.map(({ points }) => points.map(({ value }) => value)),
    expected,
  );
  t.deepEqual(
    cells[0]?.series.map(({ unit }) => unit),
    ['connections/s', 'us', 'us', 'us', null],
  );
});

test('a change has the medians on both sides, whichever way is worse, and its run', (t) => {
  const { cells } = describe(buildHistory({ runs: 30, speed: slower(14) }), {
    metrics: ['throughput', 'p99'],
  });
  const [throughput, p99] = cells[0]?.series.map(({ changes }) => changes) ?? [];
  t.is(throughput?.length, 1);
  t.like(throughput?.[0], { run: 14, file: '14.json', startedAt: '2026-10-14T07:57:00.000Z', isWorse: true });
  t.true(Math.abs((throughput?.[0]?.ratio ?? 0) - 0.85) < 0.03);
  t.like(p99?.[0], { run: 14, isWorse: true });
  t.true((p99?.[0]?.to ?? 0) > (p99?.[0]?.from ?? 0));
});

test('runs are in the order in which they began, whatever their files are called, and a copy counts once', (t) => {
  const [first, second, third] = buildHistory({ runs: 3 }) as [RunRecord, RunRecord, RunRecord];
  const { runs, copies } = describe([third, first, second, first]);
  t.deepEqual(
    runs.map(({ file }) => file),
    ['2.json', '3.json', '1.json'],
  );
  t.deepEqual(copies, ['4.json']);
});

test('a run has no figure of a cell when it lacks it, or more than half of its trials are not valid', (t) => {
  const records = buildHistory({
    runs: 4,
    policies: ['rr', 'shared'],
    changes: (run, policy) => ({ valid: !(run === 2 && policy === 'rr') }),
  });
  const [, , third, fourth] = records as [RunRecord, RunRecord, RunRecord, RunRecord];
  third.trials = third.trials.filter(({ cell }) => cell.policy !== 'rr');
  for (const trial of fourth.trials.slice(0, 2)) trial.valid = false;
  const [rr, shared] = describe(records).cells;
  t.deepEqual(rr?.gaps, [
    { run: 2, why: 'invalid', trials: 3, validTrials: 0 },
    { run: 3, why: 'absent' },
    { run: 4, why: 'invalid', trials: 3, validTrials: 1 },
  ]);
  t.deepEqual(
    rr?.series[0]?.points.map(({ run }) => run),
    [1],
  );
  t.deepEqual(shared?.gaps, []);
});

test('one invalid trial of three is no gap, and is not counted', (t) => {
  const records = buildHistory({ runs: 2 });
  const trial = records[0]?.trials[0];
  if (trial) Object.assign(trial, { valid: false, client: { ...trial.client, completedByDeadline: 1 } });
  const [cell] = describe(records).cells;
  t.deepEqual(cell?.gaps, []);
  t.true((cell?.series[0]?.points[0]?.value ?? 0) > 9000);
});

test('what is not measured is no figure of zero', (t) => {
  const [cell] = describe(buildHistory({ runs: 2, trial: () => ({ responseUs: [] }) }), {
    metrics: ['p99'],
  }).cells;
  t.deepEqual(cell?.series[0]?.points, []);
  t.deepEqual(cell?.series[0]?.unmeasured, [1, 2]);
});

test('a change beside which the kernel is another is said to coincide with it, and one elsewhere is not', (t) => {
  const kernelFrom = (from: number) =>
    describe(
      buildHistory({
        runs: 30,
        speed: slower(14),
        environment: (run) => ({ kernel: run < from ? '6.18.0' : '6.18.1' }),
      }),
    );
  const boundary = { what: 'kernel', before: '6.18.0', after: '6.18.1' };
  const coincides = (from: number) => kernelFrom(from).cells[0]?.series[0]?.changes[0]?.coincides;
  t.deepEqual(coincides(14), [{ ...boundary, run: 14 }]);
  t.deepEqual(coincides(15), [{ ...boundary, run: 15 }]);
  t.deepEqual(coincides(20), []);
  t.deepEqual(kernelFrom(20).differences, [
    {
      what: 'kernel',
      values: [
        { value: '6.18.0', runs: Array.from({ length: 19 }, (_, index) => index + 1) },
        { value: '6.18.1', runs: Array.from({ length: 11 }, (_, index) => index + 20) },
      ],
    },
  ]);
});

test('an update of Node goes on in one series and is a difference, as are bench and the load', (t) => {
  const records = buildHistory({
    runs: 2,
    trial: (run) => ({ node: run === 1 ? '24.1.0' : '24.2.0' }),
    record: (run) => ({ tool: { name: 'cluster-bench', version: `0.${run}.0` } }),
  });
  const last = records[1] as RunRecord;
  last.plan.durationSeconds = 10;
  last.environment.toolNode = '24.2.0';
  (records[0] as RunRecord).environment.toolNode = '24.1.0';
  const { cells, differences } = describe(records);
  t.deepEqual(
    cells.map(({ label, series }) => [label, series[0]?.points.length]),
    [['rr', 2]],
  );
  t.deepEqual(
    differences.map(({ what, values }) => [what, ...values.map(({ value }) => value)]),
    [
      ['node', '24.1.0', '24.2.0'],
      ['tool', '0.1.0', '0.2.0'],
      ['plan.durationSeconds', '2', '10'],
    ],
  );
});

test('where a run compares versions of Node each has its series, by as little as tells them apart', (t) => {
  const onNodes = (run: number, ...nodes: string[]) => ({
    ...buildRun(nodes.map((node) => buildTrial({ node }))),
    startedAt: new Date(Date.UTC(2026, 9, run)).toISOString(),
  });
  const labels = (...records: RunRecord[]) => describe(records).cells.map(({ label }) => label);
  t.deepEqual(labels(onNodes(1, '22.1.0', '24.1.0'), onNodes(2, '22.2.0', '24.2.0')), [
    'rr, Node 22',
    'rr, Node 24',
  ]);
  t.deepEqual(labels(onNodes(1, '24.1.0', '24.2.0'), onNodes(2, '24.1.0', '24.2.0')), [
    'rr, Node 24.1.0',
    'rr, Node 24.2.0',
  ]);
});

test('cells are told apart by what differs between them, and one that a single run has is named', (t) => {
  const records = buildHistory({ runs: 2, policies: ['rr', 'shared'] });
  (records[1] as RunRecord).trials.push(buildTrial({ policy: 'rr', workers: 8 }));
  const { cells, alone, shared } = describe(records);
  t.deepEqual(
    cells.map(({ label }) => label),
    ['rr, 4 workers', 'shared, 4 workers'],
  );
  t.deepEqual(alone, ['rr, 8 workers']);
  t.deepEqual(shared, ['connect', '50 connections', 'driver raw', 'closed loop']);
});

test('what a cell does not have is no part of its name', (t) => {
  const records = buildHistory({ runs: 2 });
  const { cell, ...trial } = buildTrial({ policy: 'rr' });
  for (const { trials } of records)
    trials.push({ ...trial, cell: { ...cell, loop: 'open', rate: 500, arrivals: 'poisson' } });
  t.deepEqual(
    describe(records).cells.map(({ label }) => label),
    ['rr, closed loop', 'rr, open loop, 500/s, poisson arrivals'],
  );
});

test('a series does not depend on which others are shown', (t) => {
  const records = buildHistory({ runs: 20, policies: ['rr', 'shared'], speed: slower(10) });
  const alone = describe(records, { policies: ['shared'] }).cells;
  t.deepEqual(
    alone.map(({ series }) => series),
    describe(records)
      .cells.slice(1)
      .map(({ series }) => series),
  );
});

test('nothing to follow is the mistake of who names the files', (t) => {
  const [first, second] = buildHistory({ runs: 2 }) as [RunRecord, RunRecord];
  const other = {
    ...second,
    trials: second.trials.map((trial) => ({ ...trial, cell: { ...trial.cell, workers: 8 } })),
  };
  const fails = (message: RegExp, records: RunRecord[], policies?: string[]) =>
    t.like(
      t.throws(() => describe(records, policies && { policies }), { message }),
      { exitCode: 2 },
    );
  fails(/^1\.json: one run has no history; name the files of two runs at least$/, [first]);
  fails(/^1\.json: one run has no history/, [first, first]);
  fails(/^these 2 runs have no cell in common/, [first, other]);
  fails(/^--policy shared: no run has it; there are rr$/, [first, second], ['shared']);
});
