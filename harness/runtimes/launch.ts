import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Duplex, Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BenchError, exitCode } from '../errors.js';
import { jsonLines } from './json-lines.js';
import { lastLines } from './last-lines.js';

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

/** A process group that runs under a guardian and ends with it. */
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

/** What a guardian says. */
interface Message {
  started?: number;
  failed?: string;
  /** Why the folder could not be made. */
  unmade?: string;
  exited?: Exit;
}

export type Launch = (spec: ProcessSpec) => Promise<Launched>;

const guardianPath = fileURLToPath(new URL('./guardian.cjs', import.meta.url));
const lastWordsMs = 200;
const living = new Set<Duplex>();

/**
 * Start `spec` under a guardian of its own.
 * @throws BenchError `spawn-failed` when the command cannot be started, `no-temporary-folder`
 */
export const launch: Launch = async (spec) => {
  const guardian = spawn(process.execPath, [guardianPath], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH },
  });
  const control = guardian.stdio[3] as Duplex;
  living.add(control);
  let group: number | undefined;
  const gone = new Promise<void>((resolve) => {
    guardian.once('error', () => resolve());
    guardian.once('exit', (code) => {
      // Killed by somebody else: what it guarded is ours to end, and to remove.
      if (code !== 0 && group !== undefined) killGroup(group);
      if (code !== 0 && spec.folder !== undefined) removeFolder(spec.folder);
      resolve();
    });
  }).then(() => void living.delete(control));
  // A group that ends while it is written to is an exit, told by `exited`, not an error of its own.
  for (const stream of [control, guardian.stdin]) stream.on('error', () => {});

  const words = lastLines(guardian.stderr);
  const token = `CLUSTER_BENCH_TOKEN=${randomUUID()}`;
  const env = { ...spec.env, CLUSTER_BENCH_TOKEN: token.slice(token.indexOf('=') + 1) };
  control.write(`${JSON.stringify({ ...spec, cwd: spec.cwd ?? process.cwd(), env, token })}\n`);

  const messages = jsonLines<Message>(control);
  // A guardian may end at any time, and with it what is read from it: a Ctrl-C that finds it not yet detached, say.
  const next = () =>
    messages
      .next()
      .then(({ value }) => value)
      .catch(() => undefined);
  const { started, failed, unmade } = (await next()) ?? { failed: 'its guardian ended' };
  const exited = next().then((message) => message?.exited ?? { code: null, signal: 'SIGKILL' as const });
  const stop = async (graceMs = 1000): Promise<void> => {
    if (control.writable) control.write(`${JSON.stringify({ stop: graceMs })}\n`);
    await gone;
    // A process that escaped may hold the other end for ever.
    await Promise.race([finished(guardian.stderr), setTimeout(lastWordsMs)]).catch(() => {});
  };
  if (started === undefined) {
    await stop(0);
    if (unmade !== undefined) throw noFolder(unmade);
    throw new BenchError('spawn-failed', `cannot start ${spec.command}: ${failed}`);
  }
  group = started;
  return { pid: started, stdin: guardian.stdin, stdout: guardian.stdout, exited, lastWords: words, stop };
};

/** End everything that was launched, now and without grace; the guardians do the rest when bench itself is gone. */
export function abandonAll(): void {
  for (const control of living) control.destroy();
}

function noFolder(reason: string): BenchError {
  const message = `a temporary folder cannot be made (${reason}): set TMPDIR to a folder that can be written to`;
  return new BenchError('no-temporary-folder', message, { exitCode: exitCode.usage });
}

/** Not being there is no error to `force`; to be under a file, or on a disk that fails, is. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {} // It is left behind.
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {} // Gone already.
}
