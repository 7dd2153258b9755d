import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { app, tiny, workspace } from '../../helpers/bench.js';

test.serial(
  'an open loop is measured at its rate, and its record tells when requests were due',
  async (t) => {
    const { bench, record } = await workspace(t);
    const { code, stdout } = await bench(
      tiny('-l', 'http', '-R', '300', '--arrivals', 'poisson', '-n', '90', '-c', '5'),
    );

    t.is(code, 0);
    t.regex(stdout, /service/);
    const [trial] = (await record()).trials;
    t.like(trial?.cell, { loop: 'open', rate: 300, arrivals: 'poisson', driver: 'raw' });
    t.like(trial?.client, { scheduled: 90, unsent: 0, requestsCompleted: 90, achieved: 1 });
    t.deepEqual([trial?.client.sendLag?.count, trial?.latency.service?.count], [90, 90]);
  },
);

test.serial('a rate out of reach makes the trial invalid, exit 98', async (t) => {
  const { bench, record } = await workspace(t);
  const { code } = await bench(tiny('-l', 'http', '-R', '1000000', '-n', '100000', '-c', '2'));

  t.is(code, 98);
  t.is((await record()).trials[0]?.error?.code, 'rate-missed');
});

test.serial('several client threads, pinned, from several addresses', async (t) => {
  const { bench, record } = await workspace(t);
  const { code, stderr } = await bench(
    tiny('-t', '2', '--client-cpus', '0', '--server-cpus', '0', '--local-addresses', '127.0.0.2-4'),
  );

  t.deepEqual([code, stderr], [0, 'record: run.json\n']);
  const run = await record();
  t.like(run.plan, { threads: 2, clientCpus: '0', localAddresses: ['127.0.0.2', '127.0.0.3', '127.0.0.4'] });
  t.like(run.trials[0]?.client, { opened: 200, requestsCompleted: 200 });
});

test.serial('an app that closes its connections is driven raw', async (t) => {
  const { bench, record } = await workspace(t);
  const { code } = await bench(
    tiny('--driver', 'raw', '--disable-keepalive', '-H', 'x-a: b', app('http.cjs')),
  );

  t.is(code, 0);
  t.like((await record()).trials[0]?.client, { opened: 200, requestsCompleted: 200, status: { 200: 200 } });
});

test.serial('CPUs that the machine does not have are refused before anything starts', async (t) => {
  const { bench } = await workspace(t);
  const { code, stderr, stdout } = await bench(tiny('--client-cpus', '999'));

  t.deepEqual([code, stdout], [2, '']);
  t.regex(stderr, /^bench: --client-cpus 999: .*\n$/);
});

test.serial('a body that cannot be read is refused before anything starts', async (t) => {
  const { bench, cwd } = await workspace(t);
  const missing = await bench(tiny('-l', 'http', '--body', 'gone.json'));
  t.is(missing.code, 2);
  t.regex(
    missing.stderr,
    /^bench: --body gone\.json: it cannot be read \(no such file or directory \(ENOENT\)\)/,
  );

  await writeFile(path.join(cwd, 'order.json'), '{}');
  const { code } = await bench(tiny('-l', 'http', '--method', 'POST', '--body', 'order.json'));
  t.is(code, 0);
});
