import test from 'ava';
import fc from 'fast-check';
import { summarize } from '../../../reports/analysis/summary.js';
import { buildRun, buildTrial, workerRow } from '../build-run.js';

test('a cell has one summary, whatever order its trials ran in', (t) => {
  const trials = [
    buildTrial({ policy: 'shared', run: 1 }),
    buildTrial({ policy: 'rr', run: 1 }),
    buildTrial({ policy: 'rr', run: 2 }),
    buildTrial({ policy: 'shared', run: 2 }),
  ];
  t.deepEqual(
    summarize({ trials }).map(({ cell, trials }) => [cell.policy, trials]),
    [
      ['shared', 2],
      ['rr', 2],
    ],
  );
});

test('cells come in the order of the plan: by Node, by workers, by policy', (t) => {
  const cells = [
    { policy: 'shared', workers: 8, node: '24' },
    { policy: 'rr', workers: 2, node: '24' },
    { policy: 'rr', workers: 8, node: '22' },
    { policy: 'rr', workers: 8, node: '24' },
  ];
  const run = buildRun(cells.map((cell) => buildTrial(cell)));
  const plan = { ...run.plan, policies: ['rr', 'shared'], workers: [2, 8], nodes: ['22', '24'] };
  t.deepEqual(
    summarize({ ...run, plan }).map(({ cell }) => `${cell.node} ${cell.workers} ${cell.policy}`),
    ['22 8 rr', '24 2 rr', '24 8 rr', '24 8 shared'],
  );
});

test('throughput is what completed by the deadline over the measured time, the median of the trials', (t) => {
  const trials = [10, 20, 30, 40, 50, 60].map((completedByDeadline, index) =>
    buildTrial({ run: index + 1, completedByDeadline, measuredSeconds: 2 }),
  );
  t.deepEqual(summarize({ trials })[0]?.throughput, {
    unit: 'connections/s',
    median: 17.5,
    low: 5,
    high: 30,
  });
});

test('keep-alive workloads are measured in requests per second', (t) => {
  const trials = [buildTrial({ workload: 'http', completedByDeadline: 600, measuredSeconds: 2 })];
  t.like(summarize({ trials })[0]?.throughput, { unit: 'requests/s', median: 300, low: null, high: null });
});

test('an invalid trial is counted and enters no figure', (t) => {
  const good = buildTrial({ run: 1, counts: [10, 10, 10, 10], connectUs: [5] });
  const bad = buildTrial(
    { run: 2, counts: [4000, 0, 0, 0], connectUs: [9000] },
    { valid: false, error: { code: 'conservation', message: 'lost' }, warnings: [{ code: 'unattributed' }] },
  );
  const [both] = summarize({ trials: [good, bad] });
  const [alone] = summarize({ trials: [good] });
  t.is(both?.trials, 2);
  t.is(both?.validTrials, 1);
  t.deepEqual(both?.fairness, alone?.fairness);
  t.deepEqual(both?.throughput, alone?.throughput);
  t.deepEqual(both?.latency, alone?.latency);
  t.like(both?.warnings[0], { code: 'unattributed', trials: 1 });
});

test('a cell without a valid trial has nulls for figures', (t) => {
  const [cell] = summarize({ trials: [buildTrial({}, { valid: false })] });
  t.is(cell?.validTrials, 0);
  t.deepEqual(cell?.throughput, { unit: 'connections/s', median: null, low: null, high: null });
  t.is(cell?.fairness.connections.jain, null);
  t.is(cell?.fairness.connections.verdict, null);
  t.is(cell?.cpuPerExchange, null);
  t.deepEqual(cell?.latency, {});
});

test('fairness is taken per trial: a busy worker that moves from trial to trial stays visible', (t) => {
  const trials = [0, 1, 2, 3].map((busy) =>
    buildTrial({ run: busy + 1, counts: [0, 1, 2, 3].map((slot) => (slot === busy ? 1000 : 0)) }),
  );
  const connections = summarize({ trials })[0]?.fairness.connections;
  t.deepEqual(connections?.jain, { median: 0.25, min: 0.25, max: 0.25 });
  t.is(connections?.verdict, 'skewed');
  t.deepEqual(connections?.verdicts, { skewed: 4 });
});

test('the commonest verdict stands for the cell, the more cautious one at a tie', (t) => {
  const even = buildTrial({ run: 1, counts: [250, 250, 250, 250] });
  const skewed = buildTrial({ run: 2, counts: [400, 200, 200, 200] });
  const random = buildTrial({ run: 3, counts: [275, 225, 260, 240] });
  const verdict = (trials: (typeof even)[]) => summarize({ trials })[0]?.fairness.connections.verdict;
  t.is(verdict([even, even, skewed]), 'more-even');
  t.is(verdict([even, skewed]), 'skewed');
  t.is(verdict([even, random]), 'random-like');
});

test('a worker that got nothing, and one that never reported, are both idle workers', (t) => {
  const trial = buildTrial({ workers: 4, counts: [500, 500, 0, 0] });
  const unseen = { ...trial, workers: trial.workers.slice(0, 3) };
  t.is(summarize({ trials: [unseen] })[0]?.fairness.connections.idleWorkers?.median, 2);
});

test('a restarted worker’s processes add up in their slot', (t) => {
  const rows = [0, 1].map((slot) => workerRow(slot, { connections: 300 }));
  const restarted = workerRow(1, { pid: 5000, connections: 200 });
  const trial = buildTrial({ counts: [300, 500] }, { workers: [...rows, restarted] });
  const connections = summarize({ trials: [trial] })[0]?.fairness.connections;
  t.is(connections?.workers?.median, 2);
  t.is(connections?.jain?.median, 800 ** 2 / (2 * (300 ** 2 + 500 ** 2)));
});

test('requests and CPU seconds get figures of their own, CPU seconds no verdict', (t) => {
  const [cell] = summarize({
    trials: [buildTrial({ counts: [25, 25], requests: [300, 100], cpuSeconds: [3, 1] })],
  });
  t.is(cell?.fairness.connections.jain?.median, 1);
  t.is(cell?.fairness.requests?.jain?.median, 0.8);
  t.is(cell?.fairness.cpu.jain?.median, 0.8);
  t.is(cell?.fairness.requests?.chiSquare, null);
  t.is(cell?.fairness.requests?.verdict, 'skewed');
  t.is(cell?.fairness.cpu.verdict, null);
});

test('a workload without requests has no distribution of requests', (t) => {
  const [cell] = summarize({ trials: [buildTrial()] });
  t.false('requests' in (cell?.fairness ?? {}));
});

test('the CPU of the front and of every worker is shared out over the completed exchanges', (t) => {
  const trial = buildTrial({ cpuSeconds: [0.1, 0.2, 0.1, 0.1], completedByDeadline: 10_000 });
  t.is(summarize({ trials: [trial] })[0]?.cpuPerExchange?.median, 100); // (0.5 s + 0.5 s) / 10,000
});

test('percentiles come from the merged histograms of the trials', (t) => {
  const trials = [
    buildTrial({ run: 1, connectUs: [...Array<number>(99).fill(1), 1000] }),
    buildTrial({ run: 2, connectUs: Array<number>(100).fill(500) }),
  ];
  t.is(summarize({ trials })[0]?.latency.connect?.p99, 500);
});

test('a warning of several trials is gathered once, with its worst data', (t) => {
  const trials = [0.91, 0.99, 0.95].map((eventLoopUtilization, index) =>
    buildTrial({ run: index + 1 }, { warnings: [{ code: 'client-saturated', eventLoopUtilization }] }),
  );
  t.deepEqual(summarize({ trials })[0]?.warnings[0], {
    code: 'client-saturated',
    eventLoopUtilization: 0.99,
    times: 3,
    trials: 3,
  });
});

test('two exits in one trial are two times in one trial', (t) => {
  const warnings = [1, 2].map((slot) => ({ code: 'worker-exit', slot }));
  t.like(summarize({ trials: [buildTrial({}, { warnings })] })[0]?.warnings[0], {
    slot: 1,
    times: 2,
    trials: 1,
  });
});

test('too few connections and too few runs are confessed', (t) => {
  const few = summarize({ trials: [buildTrial({ counts: [2, 1, 3, 2] })] })[0]?.warnings;
  t.deepEqual(
    few?.map(({ code }) => code),
    ['few-connections', 'low-runs'],
  );
  t.is(few?.[0]?.expected, 2);
  const enough = Array.from({ length: 6 }, (_, index) => buildTrial({ run: index + 1 }));
  t.deepEqual(summarize({ trials: enough })[0]?.warnings, []);
});

test('another trial changes neither another cell’s summary nor the record of another trial', (t) => {
  const trial = (run: number, policy = 'rr') =>
    buildTrial({ policy, run, order: [0, 1, 2, 3, run % 4], connectUs: [100 * run] });
  const trials = [trial(1), trial(1, 'shared'), trial(2)];
  const before = structuredClone(trials);
  const [, shared] = summarize({ trials });
  const [, same] = summarize({ trials: [...trials, trial(3)] });
  t.deepEqual(same, shared);
  t.deepEqual(trials, before);
});

test('the summary does not depend on the order of the trials', (t) => {
  const trials = [3, 5, 8, 13, 21, 34].map((count, index) =>
    buildTrial({
      run: index + 1,
      order: Array.from({ length: 200 }, (_, at) => (at % count) % 4),
      connectUs: [count],
    }),
  );
  const expected = summarize({ trials });
  fc.assert(
    fc.property(fc.shuffledSubarray(trials, { minLength: trials.length }), (shuffled) => {
      t.deepEqual(summarize({ trials: shuffled }), expected);
    }),
    { numRuns: 10 },
  );
});

test('a whole record is summarised the same after a round trip through JSON', (t) => {
  const run = buildRun([buildTrial({ order: [0, 1, 2, 3, 0, 1], connectUs: [100, 200] })]);
  t.deepEqual(summarize(JSON.parse(JSON.stringify(run))), summarize(run));
});
