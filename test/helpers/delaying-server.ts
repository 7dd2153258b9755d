import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fixtures } from './bench.js';

export interface DelayingServer {
  port: number;
  /** How long, by its own clock, the server has held each request since it was last asked, in the order of its answers. */
  heldMs(): Promise<number[]>;
  stop(): void;
}

/** A server, in a process of its own, that delays each answer by up to `mostMs` and keeps the time itself. */
export async function startDelayingServer(seed: number, mostMs: number): Promise<DelayingServer> {
  const child = fork(path.join(fixtures, 'delaying-server.cjs'), [String(seed), String(mostMs)], {
    execArgv: [],
  });
  const [port] = await once(child, 'message');
  return {
    port,
    async heldMs() {
      child.send('tell');
      return (await once(child, 'message'))[0];
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
