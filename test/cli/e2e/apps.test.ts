import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { app, tiny, type Workspace, workspace } from '../../helpers/bench.js';
import { countingServer } from '../../helpers/tcp-server.js';
import { firstOf, thoroughly } from '../../helpers/thorough.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);

interface Heard {
  cwd: string;
  words: string[];
  at: { address: string; port: number };
}

/** What http.cjs says of its processes, the scout's and every worker's. */
async function heardIn({ cwd }: Workspace): Promise<Heard[]> {
  const lines = (await readFile(path.join(cwd, 'heard.jsonl'), 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

const unmodified = [
  ['http.cjs', 'a CommonJS app', ['rr', 'shared']],
  ['http.mjs', 'an ES module', ['shared']],
  ['extensionless/server', 'an app named without its extension', ['rr']],
] as const;
for (const [index, [name, what, policies]] of unmodified.entries()) {
  firstOf(index)(`${what} is forked under ${policies.join(' and ')}, unmodified`, async (t) => {
    const { bench, record } = await workspace(t);
    const { code, stderr } = await bench(tiny('-p', policies.join(','), '-c', '10', app(name)));

    t.deepEqual([code, stderr], [0, 'record: run.json\n']);
    const { trials } = await record();
    t.is(trials.length, policies.length);
    for (const { cell, conservation, client, workers } of trials) {
      t.deepEqual([cell.app, cell.workload, cell.driver], [app(name), 'http', 'autocannon']);
      t.true(conservation.holds);
      t.deepEqual([client.opened, client.status], [10, { 200: 200 }]);
      t.is(workers.length, 2);
    }
  });
}

test.serial(
  runsTypeScript
    ? 'a TypeScript app runs on a Node that runs TypeScript'
    : 'a TypeScript app on a Node that does not run it fails with the words of that Node',
  async (t) => {
    const { bench, record } = await workspace(t);
    const { code, stdout, stderr } = await bench(tiny(app('http.ts')));
    if (runsTypeScript) {
      t.is(code, 0);
      t.true((await record()).trials[0]?.valid);
      return;
    }
    t.deepEqual([code, stdout], [1, '']);
    t.regex(stderr, /^bench: .*http\.ts ended with exit code 1 before it was listening\n/);
    t.regex(stderr, /Unknown file extension "\.ts"/);
  },
);

test.serial('a TCP app is sent the payload and waited for, and no PID is expected of it', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  t.is((await bench(tiny('-p', 'shared', '--payload', 'knock', '-n', '50', app('tcp.cjs')))).code, 0);

  const { trials, plan } = await record();
  t.is(plan.payload, 'knock');
  t.deepEqual([trials[0]?.cell.workload, trials[0]?.cell.driver], ['connect', 'raw']);
  t.is(trials[0]?.client.requestsCompleted, 50);
  const heard = await readFile(path.join(cwd, 'heard.txt'), 'utf8');
  t.is(heard.replace(/^GET .*?\r\n\r\n/s, ''), 'knock'.repeat(50), 'behind what the scout asked');
});

test.serial('a TCP app that greets and closes needs no payload', async (t) => {
  const { bench, record } = await workspace(t);
  t.is((await bench(tiny(app('greeter.cjs')))).code, 0);
  const [trial] = (await record()).trials;
  t.deepEqual([trial?.client.opened, trial?.conservation.attributed], [200, 200]);
});

test.serial('--protocol overrules what the scout would find', async (t) => {
  const { bench, record } = await workspace(t);
  t.is((await bench(tiny('--protocol', 'tcp', '-p', 'single', app('greeter.cjs')))).code, 0);
  t.is((await record()).trials[0]?.cell.driver, 'raw');

  const http = await bench(tiny('--protocol', 'http', '-p', 'single', '--timeout', '1s', app('greeter.cjs')));
  t.is(http.code, 98);
  const [trial] = (await record()).trials;
  t.deepEqual([trial?.cell.driver, trial?.valid], ['autocannon', false]);
});

test.serial(
  'arguments after -- and the working folder reach the app, which keeps its own port',
  async (t) => {
    const space = await workspace(t);
    const port = await space.port();
    const words = ['--port', 'a b', '"c"'];
    const result = await space.bench(tiny(app('http.cjs'), '--', String(port), ...words));

    t.is(result.code, 0);
    const heard = await heardIn(space);
    t.true(heard.length >= 3, 'the scout and two workers');
    for (const { cwd, ...rest } of heard)
      t.deepEqual([cwd, rest.words, rest.at.port], [space.cwd, words, port]);
    t.deepEqual((await space.record()).plan.app, { path: app('http.cjs'), args: [String(port), ...words] });
  },
);

test.serial('--port 0 and --host move the app from its own port', async (t) => {
  const space = await workspace(t);
  // In use all along, or the system might hand out the very one that it was to move from.
  const { port } = await countingServer(t, () => {});
  const args = tiny('--port', '0', '--host', '127.0.0.1', app('http.cjs'), '--', String(port));
  t.is((await space.bench(args)).code, 0);

  for (const { at } of await heardIn(space)) {
    t.is(at.address, '127.0.0.1');
    t.not(at.port, port);
  }
  t.true((await space.record()).trials[0]?.valid);
});

thoroughly('--port puts the app where it is told to', async (t) => {
  const space = await workspace(t);
  const port = await space.port();
  t.is((await space.bench(tiny('--port', String(port), '-p', 'rr,single', app('http.cjs')))).code, 0);
  const measured = (await heardIn(space)).slice(1);
  t.deepEqual([...new Set(measured.map(({ at }) => at.port))], [port]);
});

test.serial(
  '--path is what an HTTP app is asked for, and an answer that is none fails the trial',
  async (t) => {
    const { bench, record } = await workspace(t);
    t.is((await bench(tiny('--path', '/health', '-p', 'single', app('http.cjs')))).code, 0);
    t.deepEqual((await record()).trials[0]?.client.status, { 200: 200 });

    const { code, stdout } = await bench(tiny('--path', '/nowhere', '-p', 'single', app('http.cjs')));
    t.is(code, 98);
    const [trial] = (await record()).trials;
    t.deepEqual([trial?.valid, trial?.client.status], [false, { 404: 200 }]);
    t.regex(stdout, /404/);
  },
);

thoroughly('an app may live in a folder with spaces, quotes and a backslash', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  const folder = path.join(cwd, `it's "my" \\ app`);
  await mkdir(folder);
  await copyFile(app('http.cjs'), path.join(folder, 'a server.cjs'));
  const { code } = await bench(tiny('-p', 'rr,shared', './a server.cjs'), { cwd: folder });
  const { trials } = await record(path.join(folder, 'run.json'));
  t.deepEqual(
    trials.map(({ error }) => error),
    [undefined, undefined],
  );
  t.is(code, 0);
});

test.serial(
  'an app that listens on a UNIX-domain socket is driven there, and its file is gone',
  async (t) => {
    const space = await workspace(t);
    const { code, stderr } = await space.bench(tiny('-p', 'single,rr,shared', '-c', '5', app('unix.cjs')));

    t.deepEqual([code, stderr], [0, 'record: run.json\n']);
    for (const { cell, mechanism, client, conservation } of (await space.record()).trials) {
      t.like(cell, { workload: 'http', driver: 'raw' });
      t.is(mechanism.detected, mechanism.expected);
      t.deepEqual([client.opened, client.status, conservation.holds], [5, { 200: 200 }, true]);
    }
    t.false(existsSync(path.join(space.cwd, 'app.sock')));
  },
);

test.serial('what only a TCP port has is refused for a UNIX-domain socket', async (t) => {
  const { bench } = await workspace(t);
  for (const [flag, value, ...target] of [
    ['--port', '0', app('unix.cjs')],
    ['--host', '::1', '-l', 'unix'],
    ['--local-addresses', '127.0.0.2', '-l', 'unix'],
  ] as const) {
    const { code, stderr } = await bench(tiny(flag, value, ...target));
    t.is(code, 2);
    t.regex(stderr, new RegExp(`^bench: ${flag} ${value}: .* UNIX-domain socket, .*Leave it out\\n$`));
  }
});
