import test from 'ava';
import fc from 'fast-check';
import { cellsOf, orderTrials, type ResolvedPlan } from '../../harness/plan.js';
import { plainLoad } from '../helpers/plan.js';

const plan: ResolvedPlan = {
  policies: ['single', 'rr', 'shared'],
  workers: [2, 4],
  nodes: ['20.20.2', '24.1.0'],
  workload: 'connect',
  app: null,
  protocol: null,
  driver: 'raw',
  connections: 50,
  durationSeconds: 2,
  requests: null,
  scenario: null,
  warmupSeconds: 0.5,
  runs: 6,
  timeoutSeconds: 10,
  host: null,
  port: null,
  ...plainLoad,
  payload: null,
  payloadSizeBytes: 64,
  seed: 1,
};

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const plans = fc
  .record({
    policies: fc.uniqueArray(fc.constantFrom('single', 'rr', 'shared', 'reuseport'), { minLength: 1 }),
    workers: fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 4 }),
  })
  .map((some) => cellsOf({ ...plan, ...some }));

test('cells are every policy with every number of workers on every Node, in the order given', (t) => {
  const names = cellsOf(plan).map(({ policy, workers, node }) => `${policy} ${workers} ${node}`);

  t.deepEqual(names, [
    'single 1 20.20.2',
    'single 1 24.1.0',
    'rr 2 20.20.2',
    'rr 2 24.1.0',
    'rr 4 20.20.2',
    'rr 4 24.1.0',
    'shared 2 20.20.2',
    'shared 2 24.1.0',
    'shared 4 20.20.2',
    'shared 4 24.1.0',
  ]);
});

test('a cell says how it is driven, and names an app only where there is one', (t) => {
  const cell = {
    workload: 'connect',
    connections: 50,
    driver: 'raw',
    loop: 'closed',
    node: '20.20.2',
  } as const;
  const one = { ...plan, policies: ['rr'], workers: [2], nodes: ['20.20.2'] };

  t.deepEqual(cellsOf(one), [{ ...cell, policy: 'rr', workers: 2 }]);
  t.deepEqual(cellsOf({ ...one, app: { path: './server.js', args: ['-v'] } }), [
    { ...cell, policy: 'rr', workers: 2, app: './server.js' },
  ]);
});

test('a cell that is asked for twice is there once', (t) => {
  const twice = { ...plan, policies: ['rr', 'single', 'rr'], workers: [2, 2], nodes: ['20.20.2', '20.20.2'] };

  t.deepEqual(
    cellsOf(twice).map(({ policy, workers }) => [policy, workers]),
    [
      ['rr', 2],
      ['single', 1],
    ],
  );
});

test('every block holds every cell once', (t) => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 1, max: 12 }), seeds, (cells, runs, seed) => {
      const trials = orderTrials(cells, runs, seed);
      for (let run = 1; run <= runs; run += 1) {
        const block = trials.slice((run - 1) * cells.length, run * cells.length);
        t.true(block.every((trial) => trial.run === run));
        t.true(cells.every((cell) => block.some((trial) => trial.cell === cell)));
      }
      t.is(trials.length, runs * cells.length);
    }),
  );
});

test('the same seed gives the same order', (t) => {
  fc.assert(
    fc.property(plans, seeds, (cells, seed) => {
      t.deepEqual(orderTrials(cells, 6, seed), orderTrials(cells, 6, seed));
    }),
  );
});

test('more runs never change the blocks before them', (t) => {
  fc.assert(
    fc.property(plans, seeds, (cells, seed) => {
      t.deepEqual(orderTrials(cells, 9, seed).slice(0, 6 * cells.length), orderTrials(cells, 6, seed));
    }),
  );
});

test('neighbouring seeds begin with either cell about as often', (t) => {
  const cells = cellsOf({ ...plan, policies: ['rr', 'shared'], workers: [4], nodes: ['20.20.2'] });
  const first = (seed: number) => orderTrials(cells, 1, seed)[0]?.cell.policy;
  const beginning = Array.from({ length: 200 }, (_, seed) => first(seed));
  const changes = beginning.filter((policy, seed) => seed > 0 && policy !== beginning[seed - 1]).length;

  const rr = beginning.filter((policy) => policy === 'rr').length;
  t.true(rr > 70 && rr < 130, `${rr} of 200`);
  t.true(changes > 70 && changes < 130, `${changes} changes in 199, where alternation gives 199`);
});
