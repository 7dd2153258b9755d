import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { app, spawnSpy, tiny, type Workspace, workspace } from '../../helpers/bench.js';

const { node } = process.versions;
const [major = 0, minor = 0] = node.split('.').map(Number);
const hasReusePort = major > 22 || (major === 22 && minor >= 12);

/** Runs bench with a spy that knows of every process that it starts. */
async function spied({ bench, cwd }: Workspace, args: readonly string[], shell?: string) {
  const log = path.join(cwd, 'spawned');
  const env = { NODE_OPTIONS: `--require "${spawnSpy}"`, SPAWN_SPY: log };
  const result = await bench(args, { env, shell });
  const spawned = existsSync(log) ? (await readFile(log, 'utf8')).trim().split('\n') : [];
  return { ...result, spawned };
}

const refuses = test.macro({
  title: (title, args: readonly string[]) => title ?? `bench ${args.join(' ')} is refused in one line`,
  async exec(t: ExecutionContext, args: readonly string[], message: string) {
    const { spawned, ...result } = await spied(await workspace(t), args);
    t.deepEqual([result.code, result.stdout, result.stderr], [2, '', `bench: ${message}\n`]);
    t.deepEqual(spawned, []);
  },
});

test.serial('what a run starts is seen here', async (t) => {
  const { spawned } = await spied(await workspace(t), tiny('-p', 'single'));
  t.is(spawned.filter((command) => command.includes('guardian')).length, 1);
});

const workers = 'expected whole numbers from 1, such as 2,4,8';

test.serial(refuses, ['--polcy', 'rr'], '--polcy: unknown flag; did you mean --policy?');
test.serial(refuses, ['--frobnicate'], '--frobnicate: unknown flag; bench --help lists them all');
test.serial(
  refuses,
  ['-p', 'sharde'],
  '-p sharde: expected single, rr, shared, reuseport, handle, strict, random, least-connections, power-of-two, ip-hash, weighted, least-utilised, proxy, proxy:least_conn, proxy:random-two, proxy:ip-hash, pm2 or egg; did you mean shared?',
);
test.serial(
  refuses,
  ['--workload', 'conect'],
  '--workload conect: expected connect, burst, unix, tls, echo, longlived, http, http-close, cpu or udp; did you mean connect?',
);
test.serial(
  refuses,
  ['--scenario', 'blok'],
  '--scenario blok: expected block, kill, disconnect, reload, max-connections or slow-start; did you mean block?',
);
test.serial(
  refuses,
  ['--scenario', 'kill', '-n', '100'],
  '--scenario kill and -n 100: a scenario happens at a time; use --duration',
);
test.serial(
  refuses,
  ['--scenario', 'kill', '-d', '500ms'],
  '-d 500ms: --scenario kill needs a second at least, to see what comes after it',
);
test.serial(
  refuses,
  ['--scenario', 'reload', '-p', 'rr,single'],
  '--scenario reload: under single there is nobody to replace a worker. Leave one of the two out',
);
test.serial(
  refuses,
  ['--scenario', 'slow-start', '-w', '1,2'],
  '--scenario slow-start and --workers 1,2: there is to be a worker beside the late one; use 2 or more',
);
test.serial(
  refuses,
  ['--scenario', 'block', '-l', 'udp'],
  '--scenario block: what is watched are connections, and datagrams have none. Leave one of the two out',
);
test.serial(
  refuses,
  ['--threshold', 'p98<20ms'],
  '--threshold p98<20ms: expected a metric, such as p99, connect.p99, throughput, errors, cpu or fairness.connections.jain; did you mean p90?',
);
test.serial(
  refuses,
  ['-p', 'rr,single', '--threshold', 'shared:errors==0'],
  '--threshold shared:errors==0: the run has no policy shared, but rr, single; name one of these, or leave it out for all',
);
test.serial(refuses, ['--workers', '0'], `--workers 0: ${workers}`);
test.serial(refuses, ['--workers', '-1'], `--workers -1: ${workers}`);
test.serial(refuses, ['--workers', '1.5'], `--workers 1.5: ${workers}`);
test.serial(refuses, ['--workers', 'abc'], `--workers abc: ${workers}`);
test.serial(refuses, ['--workers'], `--workers: a value is missing; ${workers}`);
test.serial(refuses, ['--runs', '0'], '--runs 0: expected a whole number from 1, or a range such as 12..60');
test.serial(
  refuses,
  ['--port', '70000'],
  '--port 70000: expected a whole number from 0 to 65535; 0 takes a free port',
);
test.serial(
  refuses,
  ['-n', '100', '-d', '2s'],
  '-n 100 and -d 2s: a trial ends by a count or by time; leave one of them out',
);
test.serial(
  refuses,
  ['--', '--port', '3000'],
  '-- --port 3000: arguments are for an app, and none is named; write bench ./server.js -- --port 3000',
);

test.serial(
  refuses,
  ['--local-addresses', '127.0.0.1,192.0.2.1'],
  '--local-addresses 192.0.2.1: no connection can come from it (EADDRNOTAVAIL); name addresses that this machine has',
);

test.serial('a duration that is none is refused with what would be one', async (t) => {
  const { code, stdout, stderr, spawned } = await spied(await workspace(t), ['--duration', '5x']);
  t.deepEqual([code, stdout, spawned], [2, '', []]);
  t.regex(stderr, /^bench: --duration 5x: expected .*500ms.*\n$/);
});

test.serial('--help comes however wrong the rest is', async (t) => {
  const { code, spawned } = await spied(await workspace(t), ['--workers', '0', '--help']);
  t.deepEqual([code, spawned], [0, []]);
});

(hasReusePort ? test.serial.skip : test.serial)(
  `reuseport on a Node without it is refused before any server is started${hasReusePort ? ' (skipped: this Node has it)' : ''}`,
  async (t) => {
    const { code, stdout, stderr, spawned } = await spied(await workspace(t), tiny('-p', 'rr,reuseport'));
    t.deepEqual(
      [code, stdout, stderr],
      [2, '', `bench: reuseport needs Node ≥ 22.12; this is ${node}. Try --node 24\n`],
    );
    // The Node is asked what it is; nothing else is started.
    t.deepEqual(
      spawned.filter((line) => !line.includes('process.versions')),
      [],
    );
  },
);

(hasReusePort ? test.serial : test.serial.skip)(
  `reuseport gives every worker a socket of its own${hasReusePort ? '' : ' (skipped: this Node does not have it)'}`,
  async (t) => {
    const { bench, record } = await workspace(t);
    t.is((await bench(tiny('-p', 'reuseport'))).code, 0);
    const [trial] = (await record()).trials;
    t.is(trial?.mechanism.detected, 'reuseport');
    t.is(new Set(trial?.mechanism.listeners.map(({ socket }) => socket)).size, 2);
    t.true(trial?.conservation.holds);
  },
);

test.serial('a config file with an unknown key or no JSON is refused with its name', async (t) => {
  const { bench, cwd } = await workspace(t);
  await writeFile(path.join(cwd, 'typo.json'), '{"polcy": "rr"}');
  await writeFile(path.join(cwd, 'cut.json'), '{"policy": ');
  const stderrOf = async (file: string) => {
    const { code, stdout, stderr } = await bench(['--config', file]);
    t.deepEqual([code, stdout], [2, '']);
    return stderr;
  };

  t.is(await stderrOf('typo.json'), 'bench: typo.json: polcy: unknown key; did you mean policy?\n');
  t.regex(await stderrOf('cut.json'), /^bench: --config cut\.json: expected JSON: .*\n$/);
  t.is(await stderrOf('none.json'), 'bench: --config none.json: there is no such file\n');
});

test.serial('single with an app that forks its own workers is refused', async (t) => {
  const { bench, cwd } = await workspace(t);
  const { code, stdout, stderr } = await bench(tiny('-p', 'rr,single', app('clusters.cjs')));

  t.deepEqual([code, stdout], [2, '']);
  t.is(
    stderr,
    'bench: single cannot be set from outside: this app forks its own workers. Leave single out of --policy\n',
  );
  t.deepEqual(await readdir(cwd), []);
});

test.serial('too few open files for the connections is said before any server is started', async (t) => {
  const space = await workspace(t);
  const args = tiny('-n', '1000', '-c', '1000');
  const { code, stdout, stderr, spawned } = await spied(space, args, 'ulimit -n 256; exec "$@"');

  t.deepEqual([code, stdout, spawned], [2, '', []]);
  t.regex(
    stderr,
    /^bench: --connections 1000 needs about \d+ open files and the limit is 256: raise it with 'ulimit -n \d+' or lower --connections\n$/,
  );
});

test.serial('too few open files for bench itself are no reason for a stack trace', async (t) => {
  const { bench } = await workspace(t);
  const { code, stdout, stderr } = await bench(tiny('-c', '100'), { shell: 'ulimit -n 64; exec "$@"' });

  t.deepEqual([code, stdout], [2, '']);
  t.regex(stderr, /^bench: .*open files.*ulimit -n \d+.*\n$/);
});
