import test from 'ava';
import { defaultOutput, toPlan } from '../../cli/plan.js';
import { planSchema } from '../../harness/record.js';
import { plainLoad } from '../helpers/plan.js';
import { optionsOf } from './known.js';

const surroundings = { availableParallelism: 8, randomSeed: 7, nodeVersion: '22.12.0' };
const planOf = async (...argv: string[]) => toPlan(await optionsOf(...argv), surroundings);

test('a plan of defaults says all of them', async (t) => {
  t.deepEqual(await planOf(), {
    policies: ['rr', 'shared'],
    workers: [8],
    nodes: ['22.12.0'],
    workload: 'connect',
    app: null,
    protocol: null,
    driver: null,
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
    seed: 7,
  });
});

test('what was asked for takes the place of a default', async (t) => {
  const plan = await planOf(
    ...['-p', 'single', '-w', '2,4', '--node', '20', '-l', 'echo', '-c', '9', '-d', '1m', '--warmup', '0'],
    ...['-r', '1', '--timeout', '1s', '--host', '::', '--port', '0', '--payload-size', '1024', '--seed', '0'],
  );

  t.like(plan, { policies: ['single'], workers: [2, 4], nodes: ['20'], workload: 'echo', connections: 9 });
  t.like(plan, { durationSeconds: 60, warmupSeconds: 0, runs: 1, timeoutSeconds: 1, seed: 0 });
  t.like(plan, { host: '::', port: 0, payloadSizeBytes: 1024 });
});

test('a count takes the place of the duration, and no more connections are opened than it asks for', async (t) => {
  t.like(await planOf('-n', '10'), { requests: 10, durationSeconds: null, connections: 10 });
  t.like(await planOf('-n', '100'), { requests: 100, durationSeconds: null, connections: 50 });
});

test('what an app speaks is open until the scout has told, unless the protocol settles it, or autocannon', async (t) => {
  t.like(await planOf('./a.js', '--', '-v'), {
    app: { path: './a.js', args: ['-v'] },
    protocol: null,
    workload: 'connect',
  });
  t.like(await planOf('./a.js', '--protocol', 'http'), { protocol: 'http', workload: 'http' });
  t.like(await planOf('./a.js', '--driver', 'autocannon'), { protocol: 'http', workload: 'http' });
  t.like(await planOf('./a.js', '--driver', 'raw'), { protocol: null });
});

test('a plan fits the schema of the record', async (t) => {
  for (const argv of [[], ['-n', '1'], ['./a.js', '--payload', 'x'], ['-l', 'http', '--path', '/x']])
    t.true(planSchema.safeParse(await planOf(...argv)).success, argv.join(' '));
});

test('the file of a run is named by the time, in UTC, as any file system takes it', (t) => {
  t.is(defaultOutput(new Date('2026-11-21T06:30:05.999Z')), 'bench-results/2026-11-21T06-30-05.json');
});
