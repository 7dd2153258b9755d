/** An app with the probe in it, and nothing else of ours. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { type ProcessReading, readProbes } from '../../harness/probe/reader.js';
import { temporaryFolder } from './temporary.js';
import { until } from './until.js';

const preload = fileURLToPath(new URL('../../../dist/harness/probe/preload.cjs', import.meta.url));

export interface ProbedApp {
  pid: number;
  /** What the probes write into. */
  folder: string;
  child: ChildProcess;
  exited: Promise<{ code: number | null; signal: string | null }>;
  stderr(): string;
  /** Sends `message` when there is one, and resolves with the next one of the app's. */
  hear<T = unknown>(message?: unknown): Promise<T>;
  /** What the probe of the app has written. */
  reading(): ProcessReading;
  /** Wait for the flush in which the app's `listener` has so many connections, all of them closed or not. */
  counted(connections: number, options?: { closed?: number; listener?: number }): Promise<ProcessReading>;
}

export interface ProbedOptions {
  module?: boolean;
  env?: Record<string, string>;
  folder?: string;
}

/** Runs `source` as an app, which talks over its IPC channel, and waits for nothing. */
export async function startProbed(
  t: ExecutionContext,
  source: string,
  options: ProbedOptions = {},
): Promise<ProbedApp> {
  const home = await temporaryFolder(t);
  const folder = options.folder ?? (await temporaryFolder(t));
  const app = path.join(home, options.module ? 'app.mjs' : 'app.cjs');
  await writeFile(app, source);
  const { NODE_OPTIONS: _ours, NODE_CHANNEL_FD: _channel, ...env } = process.env;
  const child = spawn(process.execPath, [app], {
    env: { ...env, NODE_OPTIONS: `--require "${preload}"`, CLUSTER_BENCH_PROBE: folder, ...options.env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const heard: unknown[] = [];
  child.on('message', (message) => heard.push(message));
  const pid = child.pid ?? 0;
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal }));

  const reading = () => {
    const found = readProbes(folder).find((process) => process.pid === pid);
    if (found === undefined) throw new Error(`no probe has written for ${pid}: ${stderr}`);
    return found;
  };
  return {
    pid,
    folder,
    child,
    exited,
    stderr: () => stderr,
    async hear<T>(message?: unknown) {
      if (message !== undefined) child.send(message as object);
      await until(() => {
        if (child.exitCode !== null) throw new Error(`the app ended: ${stderr}`);
        return heard.length > 0;
      });
      return heard.shift() as T;
    },
    reading,
    async counted(connections, { closed = 0, listener = 0 } = {}) {
      await until(() => {
        const row = reading().listeners[listener];
        return row !== undefined && row.connections >= connections && row.closed >= closed;
      });
      return reading();
    },
  };
}

/** A connection to 127.0.0.1 that is open; it is destroyed when the test ends. */
export async function connectTo(t: ExecutionContext, port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  t.teardown(() => socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** One whole conversation: connect, say `text` if there is any, half-close, and hear all of the answer. */
export async function converse(t: ExecutionContext, port: number, text = ''): Promise<string> {
  const socket = await connectTo(t, port);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    answer += chunk;
  });
  socket.end(text);
  await once(socket, 'close');
  return answer;
}
