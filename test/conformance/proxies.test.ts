import test from 'ava';
import { findNginx, nginxLacks } from '../../harness/runtimes/proxy/nginx.js';
import { hasIPv6 } from '../helpers/ipv6.js';
import { assertWhole, runOne } from '../helpers/trials.js';

const lacks = nginxLacks(findNginx(), 'tcp');
const withNginx = lacks === undefined && process.platform === 'linux' ? test.serial : test.serial.skip;
const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6', '127.0.0.7'];

for (const workload of ['connect', 'http'])
  withNginx(`nginx gives ${workload} to each worker in turn, without exception`, async (t) => {
    const trial = await runOne(t, {
      policies: ['proxy'],
      workers: [4],
      workload,
      driver: 'raw',
      requests: 200,
    });

    assertWhole(t, trial);
    t.deepEqual(
      trial.workers.map(({ connections }) => connections),
      [50, 50, 50, 50],
    );
  });

withNginx('of TCP each address stays with one worker under proxy:ip-hash', async (t) => {
  const plan = { policies: ['proxy:ip-hash'], workers: [3], connections: 6, requests: 120 };
  const one = await runOne(t, { ...plan, localAddresses: addresses.slice(0, 1) });
  assertWhole(t, one);
  t.deepEqual(one.workers.map(({ connections }) => connections).toSorted(), [0, 0, 120]);

  const several = await runOne(t, { ...plan, localAddresses: addresses });
  assertWhole(t, several);
  t.true(several.workers.filter(({ connections }) => connections > 0).length > 1);
});

withNginx(
  'of HTTP it looks at three numbers of an IPv4 address, so that they all share one worker',
  async (t) => {
    const plan = { policies: ['proxy:ip-hash'], workers: [3], localAddresses: addresses, connections: 6 };
    const trial = await runOne(t, { ...plan, workload: 'http', driver: 'raw', requests: 120 });

    assertWhole(t, trial);
    t.deepEqual(trial.workers.map(({ requests }) => requests).toSorted(), [0, 0, 120]);
  },
);

for (const host of ['localhost', '0.0.0.0', ...(hasIPv6 ? ['::', '::1'] : [])])
  withNginx(`nginx listens on ${host} where that is asked for`, async (t) => {
    assertWhole(t, await runOne(t, { policies: ['proxy'], host, requests: 50 }));
  });

withNginx('what nginx used stands in the record, beside its primary', async (t) => {
  const trial = await runOne(t, { policies: ['proxy'], workload: 'http', requests: 2000 });

  assertWhole(t, trial);
  const [, master, worker] = trial.front;
  t.true(Number(worker?.cpuSeconds) > Number(master?.cpuSeconds));
  t.true(Number(worker?.maxRssBytes) > 0);
  t.is(trial.mechanism.listeners.length, 2);
});
