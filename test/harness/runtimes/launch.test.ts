import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { BenchError } from '../../../harness/errors.js';
import { abandonAll, dismissGuardian, guard } from '../../../harness/runtimes/guard.js';
import { type Launched, launch, type ProcessSpec } from '../../../harness/runtimes/launch.js';
import { isAlive } from '../../helpers/processes.js';
import { temporaryFolder } from '../../helpers/temporary.js';
import { until } from '../../helpers/until.js';

const launchUrl = new URL('../../../harness/runtimes/launch.js', import.meta.url).href;
const onLinux = process.platform === 'linux' ? test : test.skip;

/** Says its own PID and those of `others` on one line. */
const say = (...others: string[]) => `console.log(JSON.stringify([${['process.pid', ...others]}]));`;
const waits = `setInterval(() => {}, 1e6);`;
const ignoresSigterm = `process.on('SIGTERM', () => {});`;
const child = (source: string, options = '{}') =>
  `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(source)}], { stdio: 'inherit', ...${options} })`;

interface Started {
  group: Launched;
  /** What the group said on its first line. */
  pids: number[];
  folder: string;
}

/** Launches a Node that runs `source`, which must say a line. */
async function start(
  t: ExecutionContext,
  source: string,
  changes: Partial<ProcessSpec> = {},
): Promise<Started> {
  const folder = path.join(await temporaryFolder(t), 'trial');
  const args = ['-e', source];
  const group = await launch({ command: process.execPath, args, env: process.env, folder, ...changes });
  t.teardown(() => group.stop(0));
  const pids: number[] = JSON.parse(await firstLine(group.stdout));
  t.teardown(() => killAll(pids));
  return { group, pids, folder };
}

/** What a failed test has left. */
function killAll(pids: number[]): void {
  for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
}

async function firstLine(stream: Readable): Promise<string> {
  const [line] = await once(createInterface({ input: stream }), 'line');
  return line;
}

/** A child of this thread: other tests run in other threads of this process. */
function guardianPid(): number | undefined {
  const children = readFileSync('/proc/thread-self/children', 'utf8').trim().split(' ');
  return children
    .flatMap((pid) => (pid === '' ? [] : [Number(pid)]))
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('guardian'));
}

test('a command runs under its own PID, in its folder, with its environment, and tells how it ended', async (t) => {
  const cwd = await temporaryFolder(t);
  const source = `console.log(JSON.stringify([process.pid, process.cwd(), process.env.GREETING, process.argv[1]])); process.exitCode = 7;`;
  const args = ['-e', source, 'an argument'];
  const group = await launch({ command: process.execPath, args, env: { GREETING: 'hello' }, cwd });
  t.teardown(() => group.stop(0));

  t.deepEqual(JSON.parse(await firstLine(group.stdout)), [group.pid, cwd, 'hello', 'an argument']);
  t.deepEqual(await group.exited, { code: 7, signal: null });
});

test('what is written to its stdin arrives', async (t) => {
  const { group } = await start(
    t,
    `process.stdin.once('data', (data) => process.exit(Number(data))); ${say()}`,
  );

  group.stdin.write('5');

  t.is((await group.exited).code, 5);
});

test('its last words are what the whole group wrote on stderr', async (t) => {
  const { group } = await start(t, `console.error('first'); console.error('last'); ${say()}`);
  await group.exited;
  await group.stop();

  t.deepEqual(group.lastWords(), ['first', 'last']);
});

test('stop sends SIGTERM, waits for a group that needs a moment, and removes the folder', async (t) => {
  const { group, folder } = await start(
    t,
    `process.on('SIGTERM', () => setTimeout(() => { console.error('bye'); process.exit(0); }, 50)); ${waits} ${say()}`,
  );
  t.true(existsSync(folder));

  await group.stop(10_000);

  t.deepEqual(await group.exited, { code: 0, signal: null });
  t.deepEqual(group.lastWords(), ['bye']);
  t.false(existsSync(folder));
});

test('stop may be called twice, and after the end', async (t) => {
  const { group, pids } = await start(t, `${waits} ${say()}`);

  await Promise.all([group.stop(), group.stop(0)]);
  await group.stop();

  t.false(pids.some(isAlive));
});

test('a process that ignores SIGTERM is killed when its grace is over', async (t) => {
  const { group, pids } = await start(t, `${ignoresSigterm} ${waits} ${say()}`);

  await group.stop(100);

  t.deepEqual(await group.exited, { code: null, signal: 'SIGKILL' });
  t.false(pids.some(isAlive));
});

test('a process that spins is killed', async (t) => {
  const { group, pids } = await start(
    t,
    `${ignoresSigterm} require('node:fs').writeSync(1, '[' + process.pid + ']\\n'); for (;;);`,
  );

  await group.stop(100);

  t.false(pids.some(isAlive));
});

test('children that ignore SIGTERM are killed although their parent left', async (t) => {
  const { group, pids } = await start(t, child(`${ignoresSigterm} ${waits} ${say('process.ppid')}`));

  await group.stop(100);

  t.is(pids[1], group.pid);
  t.false(pids.some(isAlive));
});

onLinux('a child that left the group is found', async (t) => {
  const { group, pids } = await start(
    t,
    `${child(`${ignoresSigterm} ${waits} ${say()}`, '{ detached: true }')}.unref();`,
  );
  await group.exited;

  await group.stop(100);

  t.false(pids.some(isAlive));
});

test('a child with an environment of its own that ignores SIGTERM is killed', async (t) => {
  const { group, pids } = await start(t, child(`${ignoresSigterm} ${waits} ${say()}`, '{ env: {} }'));

  await group.stop(100);

  t.false(pids.some(isAlive));
});

test('a child that outlives the leader is ended all the same', async (t) => {
  const { group, pids } = await start(t, `${child(`${waits} ${say()}`)}.unref();`);
  await group.exited;
  t.true(pids.every(isAlive));

  await group.stop();

  t.false(pids.some(isAlive));
});

test('a command that cannot be started is an error that names it', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'trial');
  const spec = { command: '/nonexistent/node', args: [], env: {}, folder };

  const error = await t.throwsAsync(launch(spec), { instanceOf: BenchError });

  t.is((error as BenchError).code, 'spawn-failed');
  t.regex(error?.message ?? '', /^cannot start \/nonexistent\/node: spawn \/nonexistent\/node ENOENT$/);
  t.false(existsSync(folder));
});

onLinux('a folder that cannot be made is an error, and nothing is started', async (t) => {
  const spec = { command: process.execPath, args: ['-e', waits], env: {}, folder: '/proc/none/trial' };

  const error = await t.throwsAsync(launch(spec), { instanceOf: BenchError });

  t.like(error, { code: 'no-temporary-folder', exitCode: 2 });
  t.regex(
    error?.message ?? '',
    /ENOENT.*\/proc\/none\/trial.*: set TMPDIR to a folder that can be written to$/,
  );
});

for (const [what, folder] of [
  ['is there already', 'ours'],
  ['would be under a file', 'ours/trial'],
] as const) {
  test(`a folder that ${what} cannot be made, and what is there stays`, async (t) => {
    const home = await temporaryFolder(t);
    const ours = path.join(home, 'ours');
    if (folder === 'ours') mkdirSync(ours);
    else writeFileSync(ours, '');
    const spec = { command: process.execPath, args: ['-e', waits], env: {}, folder: path.join(home, folder) };

    await t.throwsAsync(launch(spec), { instanceOf: BenchError, code: 'no-temporary-folder' });

    t.deepEqual(readdirSync(home), ['ours']);
  });
}

const onLinuxAlone = process.platform === 'linux' ? test.serial : test.serial.skip;

onLinuxAlone('a guardian that is killed takes its groups with it, and the next has another', async (t) => {
  const started = await Promise.all([0, 1].map(() => start(t, `${ignoresSigterm} ${waits} ${say()}`)));
  const first = guardianPid() ?? Number.NaN;

  process.kill(first, 'SIGKILL');

  for (const { group, pids, folder } of started) {
    t.deepEqual(await group.exited, { code: null, signal: 'SIGKILL' });
    await until(() => !pids.some(isAlive), 2);
    await group.stop();
    t.false(existsSync(folder));
  }
  await start(t, say());
  t.not(guardianPid(), first);
});

test.serial('abandonAll ends every group at once and without grace', async (t) => {
  const started = await Promise.all([0, 1].map(() => start(t, `${ignoresSigterm} ${waits} ${say()}`)));

  abandonAll();

  const pids = started.flatMap((each) => each.pids);
  t.is(pids.length, 2);
  await until(() => !pids.some(isAlive) && !started.some(({ folder }) => existsSync(folder)), 2);
});

onLinuxAlone('one guardian watches over all, and is let go when nothing is left', async (t) => {
  const [one, other] = await Promise.all([0, 1].map(() => start(t, `${waits} ${say()}`)));
  const first = guardianPid();
  await one?.group.stop(0);
  await dismissGuardian();
  t.is(guardianPid(), first);

  await other?.group.stop(0);
  await dismissGuardian();
  t.is(guardianPid(), undefined);
});

onLinuxAlone('a guardian that is stopped keeps nobody waiting for long', async (t) => {
  const { group } = await start(t, `${waits} ${say()}`);
  const pid = guardianPid() ?? Number.NaN;
  process.kill(pid, 'SIGSTOP');
  await group.stop(0);
  await dismissGuardian();

  t.false(isAlive(pid));
});

test.serial('what is only being started when bench ends is found by its token', async (t) => {
  const token = `CLUSTER_BENCH_TOKEN=early-${process.pid}`;
  guard({ token }, () => {});
  abandonAll();
  // As a process shows it that has been forked, and has not begun to run.
  await setTimeout(100);
  const [name = '', value] = token.split('=');
  const late = spawn(process.execPath, ['-e', waits], { env: { [name]: value }, stdio: 'ignore' });
  t.teardown(() => late.kill('SIGKILL'));

  const [, signal] = await once(late, 'exit');
  t.is(signal, 'SIGKILL');
});

test('when bench is killed, everything that it launched is gone within 2 s', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'trial');
  const spins = `${ignoresSigterm} require('node:fs').writeSync(1, '[' + process.ppid + ',' + process.pid + ']\\n'); for (;;);`;
  const spec = { command: process.execPath, args: ['-e', `${ignoresSigterm} ${child(spins)}`], folder };
  const bench = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { launch } from ${JSON.stringify(launchUrl)};
       const group = await launch({ ...${JSON.stringify(spec)}, env: process.env });
       group.stdout.pipe(process.stdout);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.teardown(() => bench.kill('SIGKILL'));
  const pids: number[] = JSON.parse(await firstLine(bench.stdout));
  t.teardown(() => killAll(pids));
  t.true(pids.every(isAlive));

  bench.kill('SIGKILL');

  await until(() => !pids.some(isAlive), 2);
  await until(() => !existsSync(folder), 2);
});

test('bench that is killed when it has just made the folder leaves none', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'trial');
  const bench = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import fs from 'node:fs';
       import { syncBuiltinESMExports } from 'node:module';
       const { mkdirSync } = fs;
       fs.mkdirSync = (...args) => {
         mkdirSync(...args);
         console.log(JSON.stringify(fs.existsSync(args[0])));
         process.kill(process.pid, 'SIGKILL');
       };
       syncBuiltinESMExports();
       const { launch } = await import(${JSON.stringify(launchUrl)});
       await launch({ command: process.execPath, args: [], folder: ${JSON.stringify(folder)}, env: process.env });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.teardown(() => bench.kill('SIGKILL'));
  t.is(await firstLine(bench.stdout), 'true');
  const [, signal] = await once(bench, 'close');

  t.is(signal, 'SIGKILL');
  await until(() => !existsSync(folder));
});

onLinux('nothing of a group that was stopped is left in /proc', async (t) => {
  const marker = `bench-test-${process.pid}-${Date.now()}`;
  const { group } = await start(t, `${child(`${waits} ${say()}`, '{ detached: true }')}; ${waits}`, {
    env: { ...process.env, MARKER: marker },
  });
  const marked = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(marker);
      } catch {
        return false;
      }
    });
  t.is(marked().length, 2);

  await group.stop();

  t.deepEqual(marked(), []);
});
