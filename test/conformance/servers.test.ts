/** What holds of a server under every policy, besides what is measured of it. */
import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import type { Policy } from '../../harness/policies/policy.js';
import { hasIPv6 } from '../helpers/ipv6.js';
import { unlikePolicies } from '../helpers/policies.js';
import { startServer } from '../helpers/server.js';
import { thorough } from '../helpers/thorough.js';
import { appNamed, assertWhole, runningNode, runOne } from '../helpers/trials.js';
import { until } from '../helpers/until.js';

const context = {
  nodeVersion: runningNode.version,
  platform: process.platform,
  app: null,
  clustersItself: false,
  transport: 'tcp',
  speaks: 'http',
} as const;

/** Those that hand out connections so that chance cannot leave a worker without any. */
const reachesAll = ['rr', 'strict', 'proxy'];

const whyNotReplaced: Record<string, string> = {
  single: 'there is nobody to replace it',
  handle: 'a child that comes later finds nobody to ask',
};

function elsewhere({ name }: Policy): string | undefined {
  return thorough || ['rr', 'strict', 'proxy'].includes(name) ? undefined : 'it is as under rr; CI tests it';
}

function testUnder(policy: Policy, title: string, why: string | undefined) {
  const reason = why ?? policy.unsupported(context);
  const full = `${policy.name}: ${title}`;
  return reason === undefined
    ? { title: full, serial: test.serial }
    : { title: `${full}: ${reason}`, serial: test.serial.skip };
}

for (const policy of unlikePolicies) {
  const onIPv6 = testUnder(
    policy,
    'an app on port 0 of ::1 is served whole',
    hasIPv6 ? elsewhere(policy) : 'this machine has no IPv6',
  );
  onIPv6.serial(onIPv6.title, async (t) => {
    const trial = await runOne(t, { ...appNamed('http.cjs', '::1'), policies: [policy.name] });

    assertWhole(t, trial);
    if (reachesAll.includes(policy.name)) t.true(trial.workers.every(({ requests }) => requests > 0));
  });

  const replaced = testUnder(
    policy,
    'a worker that is killed is replaced in its slot, and the others live on',
    whyNotReplaced[policy.name] ?? elsewhere(policy),
  );
  replaced.serial(replaced.title, async (t) => {
    const server = await startServer(t, policy, { workers: 3, ...appNamed('http.cjs', '127.0.0.1') });
    const before = server.live();
    await setTimeout(1000); // One that dies younger is not replaced.
    process.kill(before[1]?.pid ?? Number.NaN, 'SIGKILL');
    await until(() => {
      const now = server.live();
      return now.length === 3 && now[1]?.pid !== before[1]?.pid;
    });

    const after = server.live();
    t.deepEqual(
      after.map(({ slot }) => slot),
      [0, 1, 2],
    );
    t.deepEqual([after[0]?.pid, after[2]?.pid], [before[0]?.pid, before[2]?.pid]);
    await server.answers(12);
  });
}
