/** The real command, run as a user runs it, each time in a folder of its own where nothing may be left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { freePort } from '../../harness/free-port.js';
import { tcpListenLines } from '../../harness/listeners/proc-net.js';
import { readRun } from '../../harness/read-run.js';
import type { RunRecord } from '../../harness/record.js';
import { fixture } from './fixture.js';
import { answers } from './tcp-server.js';
import { until } from './until.js';

/** The command as the package holds it. */
export const mainPath = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
/** Not compiled, so not under build. */
export const fixtures = fixture('');

/** An app of test/fixtures/e2e-apps. */
export const app = (name: string): string => path.join(fixtures, 'e2e-apps', name);
/** A preload that writes a line into the file `SPAWN_SPY` for every child process that is started. */
export const spawnSpy = path.join(fixtures, 'spawn-spy.cjs');

const smallest = { '-n': '200', '--warmup': '0', '-r': '1', '-w': '2', '-p': 'rr', '-o': 'run.json' };

/** `args`, and what makes a run as small as can be where they do not say otherwise. */
export function tiny(...args: string[]): string[] {
  return [...Object.entries(smallest).flatMap((pair) => (args.includes(pair[0]) ? [] : pair)), ...args];
}

export interface Result {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

export interface BenchOptions {
  cwd?: string;
  /** Over PATH, HOME and TMPDIR, which is all that bench is given otherwise. */
  env?: Record<string, string | undefined>;
  /** A line for `sh`, in which `"$@"` is bench and its arguments. */
  shell?: string;
  /** Another command than the compiled one of this project. */
  main?: string;
}

export interface Running {
  pid: number;
  child: ChildProcess;
  result: Promise<Result>;
}

export interface Workspace {
  /** Where bench runs. */
  cwd: string;
  /** bench's TMPDIR. */
  temporary: string;
  bench(args: readonly string[], options?: BenchOptions): Promise<Result>;
  start(args: readonly string[], options?: BenchOptions): Running;
  /** Read a record as `bench report` does. Its servers' sockets are among what must be gone in the end. */
  record(file?: string): Promise<RunRecord>;
  /** A free port, at which nothing may listen in the end. */
  port(): Promise<number>;
  /** Resolves when nothing that was started here runs any more, which must be within 2 s. */
  gone(): Promise<void>;
}

/**
 * A folder to run bench in. When the test ends it fails if bench has left a process, a listening socket, or anything in
 * its TMPDIR.
 */
export async function workspace(t: ExecutionContext): Promise<Workspace> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'cluster-bench-e2e-')));
  const cwd = path.join(folder, 'work');
  const temporary = path.join(folder, 'tmp');
  for (const made of [cwd, temporary]) await mkdir(made);
  const running = new Set<ChildProcess>();
  const said: string[] = [];
  const sockets: string[] = [];
  const ports: number[] = [];

  t.teardown(async () => {
    // Why an exit code was not the one expected stands in the report.
    if (!t.passed) for (const text of said) t.log(text);
    try {
      for (const child of running) child.kill('SIGKILL');
      await assertNothingLeft({ folder, temporary, sockets, ports });
    } finally {
      for (const { pid } of processesOf(folder)) process.kill(pid, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  });

  const start: Workspace['start'] = (args, { env = {}, shell, main = mainPath, ...options } = {}) => {
    const command = [process.execPath, main, ...args];
    const [file = '', ...words] = shell === undefined ? command : ['sh', '-c', shell, 'sh', ...command];
    const startedAt = performance.now();
    const child = spawn(file, words, {
      cwd,
      ...options,
      // A group of its own, as a shell would give it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: definedOnly({ ...inherited(), HOME: folder, TMPDIR: temporary, ...env }),
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const collected = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (chunk) => {
        collected[name] += chunk;
      });
    const result = once(child, 'close').then(([code, signal]) => {
      said.push(`bench ${args.join(' ')}: ${code ?? signal}\n${collected.stdout}${collected.stderr}`);
      const seconds = (performance.now() - startedAt) / 1000;
      return { code, signal, ...collected, seconds };
    });
    return { pid: child.pid ?? 0, child, result };
  };

  return {
    cwd,
    temporary,
    start,
    bench: (args, options) => start(args, options).result,
    async record(file = 'run.json') {
      const run = await readRun(path.resolve(cwd, file));
      sockets.push(...run.trials.flatMap(({ mechanism }) => mechanism.listeners.map(({ socket }) => socket)));
      return run;
    },
    async port() {
      const free = await freePort();
      ports.push(free);
      return free;
    },
    gone: () => until(() => processesOf(folder).length === 0, 2),
  };
}

/** How many trials the journal of a run holds by now. */
export function trialsIn(journal: string): number {
  return existsSync(journal) ? Math.max(0, readFileSync(journal, 'utf8').split('\n').length - 2) : 0;
}

async function assertNothingLeft(left: {
  folder: string;
  temporary: string;
  sockets: readonly string[];
  ports: readonly number[];
}): Promise<void> {
  const processes = processesOf(left.folder);
  const files = await readdir(left.temporary, { recursive: true });
  const open = listeningSockets();
  const sockets = left.sockets.filter((socket) => open.has(socket));
  const listening = await Promise.all(left.ports.map(answers));
  const ports = left.ports.filter((_, index) => listening[index]);
  const found = { processes, files, sockets, ports };
  if (Object.values(found).some(({ length }) => length > 0))
    throw new Error(`bench has left behind: ${JSON.stringify(found)}`);
}

/** Told by their environment or where they run: an app may change the one, the guardian does not have the other. */
function processesOf(folder: string): { pid: number; command: string }[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    try {
      // Empty in one that has ended and in one that is about to.
      const environment = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/environ`, 'latin1') : '';
      const isOurs =
        environment !== '' &&
        (environment.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`));
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return isOurs ? [{ pid: Number(pid), command }] : [];
    } catch {
      return []; // It ended meanwhile, or is not ours to look at.
    }
  });
}

/** Inodes of every TCP socket in state LISTEN. */
function listeningSockets(): Set<string> {
  if (process.platform !== 'linux') return new Set();
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(tcpListenLines);
  return new Set(lines.flatMap(([, , , , , , , , , inode]) => inode ?? []));
}

/** Nothing of what a developer's shell or the test runner may set, but what coverage is collected through. */
function inherited() {
  const { PATH, NODE_V8_COVERAGE } = process.env;
  return { PATH, NODE_V8_COVERAGE };
}

function definedOnly(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
