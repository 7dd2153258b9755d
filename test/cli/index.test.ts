import test from 'ava';
import { metricNames } from '../../cli/flags/verdict.js';
import { ab, BenchError, compare, run } from '../../cli/index.js';
import type { Plan } from '../../harness/record.js';
import { metrics } from '../../reports/analysis/comparison/metrics.js';
import { thoroughly } from '../helpers/thorough.js';

const plans: [title: string, plan: Partial<Plan>, message: string | RegExp][] = [
  ['a driver that there is none of', { driver: 'nothing' }, /^plan\.driver: nothing is none of .*\braw\b/],
  ['a policy that there is none of', { policies: ['rr', 'nothing'] }, /^plan\.policies: nothing is none of /],
  ['a workload that there is none of', { workload: 'nothing' }, /^plan\.workload: nothing is none of /],
  [
    'both a duration and a count',
    { durationSeconds: 1, requests: 5 },
    'plan.durationSeconds, plan.requests: one of them must be null, and one not',
  ],
  [
    'neither a duration nor a count',
    { durationSeconds: null, requests: null },
    'plan.durationSeconds, plan.requests: one of them must be null, and one not',
  ],
  [
    'a scenario that there is none of',
    { scenario: 'nothing' },
    /^plan\.scenario: nothing is none of block, /,
  ],
  [
    'a scenario without a time to happen at',
    { scenario: 'kill', requests: 100, durationSeconds: null },
    'plan.scenario: it happens at a time, so plan.durationSeconds must be one second at least',
  ],
  [
    'weights for another number of workers',
    { policies: ['weighted'], weights: [3, 1], workers: [2, 3] },
    'plan.weights: 2 of them for 2, 3 workers; the policy weighted needs one for each',
  ],
  ['a metric that there is none of', { gate: ['speed'] }, /^plan\.gate: speed is none of throughput, /],
  [
    'fewer runs than it takes at least',
    { runs: 5, fewestRuns: 12 },
    'plan.fewestRuns: 12 are more than plan.runs, 5',
  ],
  [
    'weights that nothing weighs',
    { policies: ['rr'], weights: [3, 1] },
    'plan.weights: only the policy weighted weighs; name it in plan.policies',
  ],
  ['a list in the place of a plan', [] as never, 'plan: Invalid input: expected object, received array'],
  ['a policy in the place of a list', { policies: 'rr' } as never, /^plan\.policies: .*expected array/],
  [
    'a policy that is nothing',
    { policies: [null] } as never,
    'plan.policies.0: expected a name, or a definition with one',
  ],
  [
    'a workload that is nothing',
    { workload: null } as never,
    'plan.workload: expected a name, or a definition with one',
  ],
  ['a workload without a name', { workload: '' }, /^plan\.workload: {2}is none of /],
  ['weights that are nothing', { weights: null } as never, /^plan\.weights: .*expected array/],
  ['a count that is none', { requests: 'many' } as never, /^plan\.requests: .*expected number/],
  [
    'a field that there is none of',
    { worker: [2] } as never,
    'plan.worker: there is no such field; did you mean workers?',
  ],
];

test('what a program must not be silent about is refused, be it a side or an option', async (t) => {
  const refused = async (attempt: Promise<unknown>, code: string, message: string) =>
    t.throwsAsync(attempt, { instanceOf: BenchError, code, message });

  await refused(
    run({}, { threshold: ['p99<1us'] } as never),
    'bad-option',
    'options.threshold: there is no such field; did you mean thresholds?',
  );
  await refused(run({}, { signal: {} } as never), 'bad-option', 'options.signal: expected an AbortSignal');
  await refused(
    ab({ base: {}, candidate: { nodes: ['24'] } as never }),
    'bad-plan',
    'candidate.nodes: there is no such field; did you mean node?',
  );
});

test('a field that is undefined is left out', async (t) => {
  const record = await run({
    policies: ['single'],
    connections: undefined,
    durationSeconds: undefined,
    requests: 60,
    warmupSeconds: 0,
    runs: 1,
  });

  t.is(record.plan.connections, 50);
  t.is(record.plan.durationSeconds, null);
});

test('weights say how many workers there are where the plan does not', async (t) => {
  const weights = [3, 1, 1, 1];
  const { plan, trials } = await run({
    policies: ['weighted'],
    weights,
    requests: 60,
    warmupSeconds: 0,
    runs: 1,
  });

  t.deepEqual(plan.workers, [4]);
  t.deepEqual(
    trials[0]?.workers.map(({ connections }) => connections),
    [30, 10, 10, 10],
  );
});

for (const [title, plan, message] of plans) {
  test(`a plan with ${title} is refused before anything is started`, async (t) => {
    const started = () => t.fail('it was begun');

    await t.throwsAsync(run(plan, { planned: started, note: started }), {
      instanceOf: BenchError,
      code: 'bad-plan',
      message,
    });
  });
}

test('the metrics that may decide are those that there are', (t) => {
  t.deepEqual(
    [...metricNames],
    metrics.map(({ name }) => name),
  );
});

thoroughly('a program compares two servers, and two runs', async (t) => {
  const plan = { workers: [1], requests: 50, durationSeconds: null, warmupSeconds: 0, runs: 2 };
  const { run: record, comparison } = await ab(
    { base: { policy: 'rr' }, candidate: { policy: 'shared' } },
    plan,
  );

  t.like(comparison, { isPaired: true, trials: { base: 2, candidate: 2 }, problem: null });
  t.deepEqual(
    [comparison?.base, comparison?.candidate].map((cell) => [cell?.side, cell?.policy]),
    [
      ['base', 'rr'],
      ['candidate', 'shared'],
    ],
  );
  t.deepEqual(
    comparison?.metrics.filter(({ gates }) => gates).map(({ metric }) => metric.name),
    ['throughput', 'p99'],
  );

  const { comparisons, differences } = compare(record, record);
  t.is(comparisons.length, 2);
  t.deepEqual(differences, []);
  t.true(comparisons.every(({ metrics }) => metrics.every(({ ratio }) => ratio === null || ratio === 1)));
});
