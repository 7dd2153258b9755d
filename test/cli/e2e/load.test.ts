import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { app, fixtures, tiny, workspace } from '../../helpers/bench.js';
import { firstOf } from '../../helpers/thorough.js';

test.serial(
  'an open loop is measured at its rate, and its record tells when requests were due',
  async (t) => {
    const { bench, record } = await workspace(t);
    const { code, stdout } = await bench(
      tiny('-l', 'http', '-R', '300', '--arrivals', 'poisson', '-n', '90', '-c', '5'),
    );

    // On a machine that is busy otherwise the client may be late, which makes the trial invalid.
    t.true(code === 0 || code === 98);
    t.is(/service/.test(stdout), code === 0);
    const [trial] = (await record()).trials;
    t.like(trial?.cell, { loop: 'open', rate: 300, arrivals: 'poisson', driver: 'raw' });
    t.like(trial?.client, { scheduled: 90, unsent: 0, requestsCompleted: 90 });
    t.deepEqual([trial?.client.sendLag?.count, trial?.latency.service?.count], [90, 90]);
  },
);

test.serial('a rate out of reach makes every trial invalid, exit 98', async (t) => {
  const { bench, record } = await workspace(t);
  const { code } = await bench(tiny('-l', 'http', '-R', '1000000', '-n', '5000', '-p', 'single', '-r', '2'));

  t.is(code, 98);
  const { trials } = await record();
  t.deepEqual(
    trials.map(({ valid, error }) => [valid, error?.code]),
    Array(2).fill([false, 'rate-missed']),
  );
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

  execFileSync('mkfifo', ['pipe'], { cwd });
  const waiting = await bench(tiny('-l', 'http', '--body', 'pipe'));
  t.deepEqual(
    [waiting.code, waiting.stderr.split('. ')[0]],
    [2, 'bench: --body pipe: it cannot be read (it is a pipe)'],
  );

  await writeFile(path.join(cwd, 'order.json'), '{}');
  const { code } = await bench(tiny('-l', 'http', '--method', 'POST', '--body', 'order.json'));
  t.is(code, 0);
});

const named = ['--ca', path.join(fixtures, 'tls/cert.pem')];

const encrypted = [
  ['an HTTPS app, with a certificate that is named', 'https.cjs', 'rr,shared', named, 10],
  ['an HTTPS app, with any certificate', 'https.cjs', 'single', ['--insecure'], 10],
  ['a TLS app, with a certificate that is named', 'tls.cjs', 'shared', [...named, '--payload', 'hello'], 200],
  ['a TLS app, with any certificate', 'tls.cjs', 'rr', ['--insecure', '--payload', 'hello'], 200],
] as const;
for (const [index, [title, name, policies, flags, opened]] of encrypted.entries()) {
  firstOf(index)(`${title}, is driven raw`, async (t) => {
    const { bench, record } = await workspace(t);
    const { code } = await bench(tiny('-p', policies, '-c', '10', ...flags, app(name)));

    t.is(code, 0);
    for (const { client, cell } of (await record()).trials) {
      t.is(cell.driver, 'raw');
      t.like(client, { opened, requestsCompleted: 200, requestsFailed: 0 });
    }
  });
}

test.serial('a certificate that nobody vouches for is refused, and what to do is said', async (t) => {
  const { bench, record } = await workspace(t);
  const { code } = await bench(tiny('-c', '2', '--timeout', '1s', app('https.cjs')));

  t.is(code, 98);
  const [trial] = (await record()).trials;
  t.is(trial?.error?.code, 'certificate');
  t.true(trial?.conservation.holds);
});

test.serial('autocannon is not given an app that speaks TLS', async (t) => {
  const { bench } = await workspace(t);
  const { code, stderr } = await bench(tiny('--driver', 'autocannon', app('https.cjs')));

  t.is(code, 2);
  t.regex(
    stderr,
    /^bench: --driver autocannon: .*https\.cjs speaks TLS, which is driven raw\. Leave --driver out\n$/,
  );
});
