import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { BenchError, exitCode } from '../errors.js';
import endGroup from './end-group.cjs';
import { guard } from './guard.js';
import { lastLines, readByNow } from './last-lines.js';
import living from './living.cjs';
import removeFolder from './remove-folder.cjs';

/** What to start. */
export interface ProcessSpec {
  command: string;
  args: readonly string[];
  cwd?: string;
  env: Readonly<Record<string, string | undefined>>;
  /** A folder of its own: made before the start, removed when the last process is gone. */
  folder?: string;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process group that ends with this process, however that ends. */
export interface Launched {
  pid: number;
  stdin: Writable;
  stdout: Readable;
  exited: Promise<Exit>;
  /** The last lines that the group wrote on stderr. */
  lastWords(): string[];
  /** SIGTERM, and SIGKILL after `graceMs`; resolves when no process of the group is left. Idempotent. */
  stop(graceMs?: number): Promise<void>;
}

export type Launch = (spec: ProcessSpec) => Promise<Launched>;

const tokenName = 'CLUSTER_BENCH_TOKEN';
const lastWordsMs = 200;

/**
 * Start `spec` in a process group of its own, which the guardian watches over.
 * @throws BenchError `spawn-failed` when the command cannot be started, `no-temporary-folder`
 */
export const launch: Launch = async ({ folder, ...spec }) => {
  const token = `${tokenName}=${randomUUID()}`;
  let child: ChildProcessWithoutNullStreams | undefined;
  let isMade = false;
  const guarded = guard({ token, folder }, () => killGroup(child?.pid));
  const release = () => {
    if (folder !== undefined && isMade) removeFolder(folder);
    guarded.release();
  };
  try {
    if (folder !== undefined) makeFolder(folder);
    isMade = true;
    child = start(spec, token);
    guarded.tell({ leader: child.pid });
    await isStarted(child);
  } catch (error) {
    release();
    if (error instanceof BenchError) throw error;
    throw new BenchError('spawn-failed', `cannot start ${spec.command}: ${(error as Error).message}`);
  }
  const { stdin, stdout, stderr } = child;
  const pid = child.pid as number;
  const left = () => living(pid, token);
  const words = lastLines(stderr);
  const exited = exitOf(child);

  let deadline = Number.POSITIVE_INFINITY;
  const end = async (): Promise<void> => {
    await endGroup(left, () => deadline);
    if (left().length === 0) await exited;
    release();
    await readByNow(stderr, lastWordsMs);
  };
  let ended: Promise<void> | undefined;
  const stop = (graceMs = 1000): Promise<void> => {
    deadline = Math.min(deadline, performance.now() + graceMs);
    ended ??= end();
    return ended;
  };
  return { pid, stdin, stdout, exited, lastWords: words, stop };
};

function start({ command, args, cwd, env }: ProcessSpec, token: string): ChildProcessWithoutNullStreams {
  const [name = '', value] = token.split('=');
  const child = spawn(command, args, { cwd, env: { ...env, [name]: value }, stdio: 'pipe', detached: true });
  // A group that ends while it is written to is an exit, told by `exited`, not an error of its own.
  child.stdin?.on('error', () => {});
  return child;
}

function isStarted(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve).once('error', reject);
  });
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** @throws BenchError `no-temporary-folder` */
function makeFolder(folder: string): void {
  try {
    // Not `recursive`: Node 20 loops for ever where a parent cannot be made, in /proc for one.
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const message = `a temporary folder cannot be made (${(error as Error).message}): set TMPDIR to a folder that can be written to`;
    throw new BenchError('no-temporary-folder', message, { exitCode: exitCode.usage });
  }
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {} // Gone already.
}
