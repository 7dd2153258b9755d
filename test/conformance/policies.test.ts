import test from 'ava';
import { policies } from '../../harness/policies/index.js';
import { expectedMechanism } from '../../harness/policies/policy.js';
import { workloads } from '../../workloads/index.js';
import type { Workload } from '../../workloads/workload.js';
import { thorough } from '../helpers/thorough.js';
import { assertWhole, runningNode, runOne, sum } from '../helpers/trials.js';

test('policies have names of their own and say what they are', (t) => {
  t.is(new Set(policies.map(({ name }) => name)).size, policies.length);
  t.true(policies.every(({ summary, mechanism }) => summary !== '' && mechanism !== 'unknown'));
});

/** Of our schedulers: one that does not look at anything, and one that asks who comes. */
const few = ['strict', 'ip-hash'];
/** Workloads, of each kind of socket one. */
const kinds = ['connect', 'http', 'tls', 'unix', 'udp'];

for (const policy of policies) {
  const platform = process.platform;

  // What our own cluster, or a proxy, does to a server does not depend on who chooses the worker.
  const isFirst = ['strict', 'proxy'].includes(policy.name);
  // A workload's own ways show under one policy as under another.
  const only = {
    single: thorough ? kinds : ['connect', 'http'],
    shared: thorough ? kinds : ['connect', 'unix', 'udp'],
    userland: isFirst && thorough ? kinds : thorough || few.includes(policy.name) ? ['connect'] : [],
    handle: thorough ? kinds : ['connect', 'http'],
    proxy: thorough && isFirst ? kinds : isFirst || thorough ? ['http', 'unix'] : [],
  }[policy.mechanism as string];
  // Other primaries before what is tested under rr.
  const foreign = thorough ? ['connect', 'http', 'unix'] : ['connect'];
  const here = ['pm2', 'egg'].includes(policy.name) ? foreign : only;
  const some = workloads.filter(({ name }) => here?.includes(name) ?? true);
  for (const workload of some as readonly Workload[]) {
    const { transport = 'tcp' } = workload;
    const speaks = workload.name === 'http' ? ('http' as const) : ('tcp' as const);
    const context = {
      nodeVersion: runningNode.version,
      platform,
      app: null,
      clustersItself: false,
      transport,
      speaks,
    };
    const unsupported = policy.unsupported(context);
    const title = `${workload.name} under ${policy.name} is measured whole, and leaves nothing behind`;
    if (unsupported !== undefined) {
      test.skip(`${title}: ${unsupported}`, () => {});
      continue;
    }

    test.serial(title, async (t) => {
      const plan = { policies: [policy.name], workload: workload.name, warmupSeconds: 0.05 };
      const trial = await runOne(t, plan);

      assertWhole(t, trial);
      const { client, workers, cell } = trial;
      t.is(trial.mechanism.detected, expectedMechanism(policy, transport));
      t.is(cell.workers, policy.single ? 1 : 2);
      t.like(client, {
        requestsSent: 200,
        requestsCompleted: 200,
        completedByDeadline: 200,
        requestsFailed: 0,
      });
      t.is(sum(workers.map(({ requests }) => requests)), 200);
      if (transport !== 'udp') {
        const keeps = ['echo', 'longlived', 'http', 'cpu'].includes(workload.name);
        t.is(client.opened, keeps ? 4 : 200);
        t.true(workers.every(({ connections, bytesWritten = 0 }) => bytesWritten > 0 === connections > 0));
      }
      t.true(workers.every(({ connections, bytesRead }) => connections > 0 || bytesRead === 0));
      t.true(client.cpuSeconds > 0);
      const handsOver = ['round-robin', 'userland'].includes(trial.mechanism.detected);
      t.is(trial.handOff?.latency.count, handsOver ? client.opened : undefined);
      t.is(trial.handOff?.refusals, handsOver ? 0 : undefined);
    });
  }
}

test.serial('a duration ends at its deadline, and what was in flight is in the counts', async (t) => {
  const trial = await runOne(t, { policies: ['shared'], requests: null, durationSeconds: 0.3 });

  assertWhole(t, trial);
  t.is(Math.round(trial.measuredSeconds * 1e6), 300_000);
  t.true(trial.client.completedByDeadline <= trial.client.requestsCompleted);
});

test.serial('every worker has a slot, also one that got nothing', async (t) => {
  const trial = await runOne(t, { workers: [3], requests: 1, connections: 1 });

  assertWhole(t, trial);
  t.deepEqual(trial.workers.map(({ connections }) => connections).toSorted(), [0, 0, 1]);
});

test.serial('echo sends exactly what was asked for, and gets it back', async (t) => {
  const trial = await runOne(t, { workload: 'echo', payloadSizeBytes: 70_000, requests: 20 });

  assertWhole(t, trial);
  const bytes = 20 * 70_000;
  t.is(sum(trial.workers.map(({ bytesRead }) => bytesRead)), bytes);
  t.is(sum(trial.workers.map(({ bytesWritten = 0 }) => bytesWritten)), bytes);
});
