/** What a program may define, and what is said where it is not as it should be. */
import test from 'ava';
import { BenchError, definePolicy, defineWorkload, run } from '../../../cli/index.js';
import type { ProgramPlan } from '../../../cli/program/definitions.js';
import { fixture } from '../../helpers/fixture.js';
import { thoroughly } from '../../helpers/thorough.js';

const tiny = { workers: [2], connections: 1, requests: 60, durationSeconds: null, warmupSeconds: 0, runs: 1 };
const server = fixture('e2e-apps/answers-late.cjs');
const start = () => ({ args: ['primary.js'] });
const workload = { name: 'mine', app: server, exchange: { kind: 'http' } } as const;

const refused: [title: string, plan: unknown, message: string | RegExp][] = [
  [
    'a policy by the name of a built-in one',
    { policies: [{ name: 'rr', mechanism: 'round-robin', start }] },
    'plan.policies: there is another rr; give yours a name of its own',
  ],
  [
    'two policies of one name',
    {
      policies: [
        { name: 'mine', mechanism: 'shared', start },
        { name: 'mine', mechanism: 'shared', start },
      ],
    },
    'plan.policies: there is another mine; give yours a name of its own',
  ],
  [
    'a policy whose name cannot stand in a threshold',
    { policies: [{ name: 'a:b', mechanism: 'shared', start }] },
    /^the policy a:b: name: expected at most 60 letters, /,
  ],
  [
    'a policy with a mechanism that there is none of',
    { policies: [{ name: 'mine', mechanism: 'magic', start }] },
    /^the policy mine: mechanism: .*"round-robin"/,
  ],
  [
    'a policy that cannot be started',
    { policies: [{ name: 'mine', mechanism: 'shared', start: 'node' }] },
    'the policy mine: start: expected a function',
  ],
  [
    'a policy with a field that there is none of',
    { policies: [{ name: 'mine', mechanism: 'shared', start, fixedport: true }] },
    /^the policy mine: .*"fixedport"/,
  ],
  [
    'a policy whose start says nothing',
    { policies: [{ name: 'mine', mechanism: 'shared', start: () => undefined }] },
    /^the policy mine: start\(\) returned: /,
  ],
  [
    'a policy whose start throws',
    {
      policies: [
        {
          name: 'mine',
          mechanism: 'shared',
          start() {
            throw new RangeError('not today\nnor tomorrow');
          },
        },
      ],
    },
    'the policy mine: start() threw RangeError: not today',
  ],
  [
    'a policy that says where it cannot be had',
    { policies: [{ name: 'mine', mechanism: 'shared', start, unsupported: () => 'mine: not here' }] },
    'mine: not here',
  ],
  [
    'a scheduler whose file is not there',
    { policies: [{ name: 'mine', scheduler: '/nowhere/at/all.mjs' }] },
    'the policy mine: the scheduler /nowhere/at/all.mjs: there is no such file. Name the module of a scheduler',
  ],
  [
    'a workload by the name of a built-in one',
    { workload: { ...workload, name: 'http' } },
    'plan.workload: there is another http; give yours a name of its own',
  ],
  [
    'a workload without an exchange',
    { workload: { name: 'mine', app: server } },
    /^the workload mine: exchange: /,
  ],
  [
    'a workload with an exchange that there is none of',
    { workload: { ...workload, exchange: { kind: 'smtp' } } },
    'the workload mine: exchange: kind: expected http, conversation or echo',
  ],
  [
    'a workload whose header would end a line',
    { workload: { ...workload, exchange: { kind: 'http', headers: { a: 'b\r\nc: d' } } } },
    'the workload mine: exchange: headers.a: expected Latin-1 characters without a line end',
  ],
  [
    'a workload whose exchange throws',
    {
      workload: {
        ...workload,
        exchange() {
          throw new Error('no idea');
        },
      },
    },
    'the workload mine: exchange() threw Error: no idea',
  ],
  [
    'uneven arrivals without a rate',
    { workload: { ...workload, pattern: 'uneven' } },
    'the workload mine: pattern: uneven are the arrivals of an open loop; say a rate',
  ],
  [
    'a conversation that is to be had twice',
    {
      workload: {
        ...workload,
        exchange: { kind: 'conversation' },
        requestsPerConnection: 2,
      },
    },
    'requestsPerConnection 2: mine has one conversation per connection. Leave it out',
  ],
  [
    'a path for a conversation',
    { paths: ['/a', '/b'], workload: { ...workload, exchange: { kind: 'conversation' } } },
    '--path /a,/b: mine does not speak HTTP. Leave it out',
  ],
  [
    'a method beside the workload’s own',
    { method: 'PUT', workload: { ...workload, exchange: { kind: 'http', method: 'POST' } } },
    '--method PUT: mine has its own method. Leave it out',
  ],
  [
    'headers beside the workload’s own',
    { headers: [['x-a', '1']], workload: { ...workload, exchange: { kind: 'http', headers: { b: '2' } } } },
    "--header 'x-a: 1': mine has its own headers. Leave it out",
  ],
  [
    'a payload size for requests',
    { payloadSizeBytes: 99, workload },
    '--payload-size 99: mine has no payload size. Leave it out',
  ],
  [
    'a payload size beside the workload’s own',
    { payloadSizeBytes: 99, workload: { ...workload, exchange: { kind: 'echo', sizeBytes: 5 } } },
    '--payload-size 99: mine has its own payload size. Leave it out',
  ],
  [
    'a workload whose app is elsewhere',
    { workload: { ...workload, app: new URL('https://example.org/server.js') } },
    'the workload mine: app: expected a path or a file: URL',
  ],
  [
    'bursts at a rate',
    { rate: 5, workload: { ...workload, pattern: 'bursts' } },
    '--rate 5: mine opens all connections at one instant, from one thread. Leave it out',
  ],
  [
    'a workload of one’s own and autocannon',
    { driver: 'autocannon', workload },
    '--driver autocannon: mine is a workload of your own, which is driven raw. Leave it out',
  ],
];

for (const [title, plan, message] of refused) {
  test.serial(`${title} is refused in one line`, async (t) => {
    const given = { ...tiny, policies: ['rr'], ...(plan as ProgramPlan) };
    await t.throwsAsync(run(given), {
      instanceOf: BenchError,
      message,
    });
  });
}

test.serial('a primary of a program’s own that fails is named', async (t) => {
  const mine = definePolicy({
    name: 'mine',
    mechanism: 'shared',
    start: () => ({ args: ['-e', 'process.exit(3)'] }),
  });
  const { trials } = await run({ ...tiny, policies: [mine] });
  t.is(
    trials[0]?.error?.message,
    'the connect workload under mine ended with exit code 3 before it was listening',
  );
});

test.serial('a policy and a workload that a program has defined are run like any', async (t) => {
  const policy = definePolicy({
    name: 'one-only',
    scheduler: new URL(`file://${fixture('schedulers/first.mjs')}`),
  });
  const echo = defineWorkload({
    name: 'thrice',
    app: fixture('e2e-apps/echoes.cjs'),
    exchange: ({ payloadSizeBytes }) => ({ kind: 'echo', sizeBytes: payloadSizeBytes * 2 }),
    requestsPerConnection: 3,
  });
  const { trials, plan, summary } = await run({ ...tiny, policies: [policy, 'strict'], workload: echo });

  t.deepEqual([plan.policies, plan.workload], [['one-only', 'strict'], 'thrice']);
  t.true(trials.every(({ valid }) => valid));
  for (const { cell, workers, client } of trials) {
    t.like(cell, { workload: 'thrice', counts: 'requests' });
    t.is(client.opened, 20);
    t.is(
      workers.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
      60 * 128,
    );
    const connections = workers.map((worker) => worker.connections);
    t.deepEqual(connections, cell.policy === 'strict' ? [10, 10] : [20, 0]);
  }
  t.is((summary[0] as { throughput: { unit: string } }).throughput.unit, 'requests/s');
});

thoroughly('what throughput counts follows from what goes over a connection', async (t) => {
  const { summary, trials } = await run({
    ...tiny,
    policies: ['rr'],
    workload: {
      name: 'calls',
      app: fixture('e2e-apps/echoes.cjs'),
      exchange: { kind: 'conversation', payload: 'hello' },
    },
  });
  t.is(trials[0]?.cell.counts, 'connections');
  t.true(trials[0]?.valid);
  t.is((summary[0] as { throughput: { unit: string } }).throughput.unit, 'connections/s');
});
