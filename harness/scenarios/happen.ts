import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import type { Driven } from '../driven.js';
import type { LoadClient } from '../drivers/client.js';
import type { Job } from '../drivers/driver.js';
import type { Spell } from '../drivers/recorder.js';
import { readProbes } from '../probe/reader.js';
import { listening, viewServer } from '../probe/server-view.js';
import type { Happening, Scenario } from './scenario.js';

export interface Stage {
  folder: string;
  /** The launched process. */
  root: number;
  workers: number;
  isDriven: Driven['isDriven'];
  /** Of the burst, in a process beside that of the load. */
  client: LoadClient;
  job: Job;
  /** When the load has begun. */
  begun: Promise<void>;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface Happened {
  /** CLOCK_MONOTONIC. */
  atMs: number;
  burst: Spell;
}

const lookEveryMs = 10;

/** Wait `delayMs` from when the load has begun, have the scenario happen, and wait for what came of its burst. */
export async function happen(scenario: Scenario, stage: Stage, delayMs: number): Promise<Happened> {
  const { signal, client, job } = stage;
  await stage.begun;
  await setTimeout(delayMs, undefined, { signal });
  const atMs = monotonicMs();
  let burst: Promise<Spell> | undefined;
  await scenario.happen({
    ...serverOf(stage),
    burst: () =>
      new Promise((resolve) => {
        burst = client.drive(job, resolve);
        burst.catch(() => {}); // Told below.
      }),
  });
  return { atMs, burst: await (burst ?? client.drive(job)) };
}

/**
 * All at one instant, each on a connection of its own, and never again: as many requests as there are connections, each
 * tried once.
 */
export function burstOf(load: Job): Job {
  const isConversation = load.exchange.kind === 'pid' || load.exchange.kind === 'conversation';
  return {
    ...load,
    driver: 'raw',
    pattern: 'steady',
    rate: null,
    pipelining: 1,
    requestsPerConnection: isConversation ? null : 1,
    requests: load.connections,
    durationMs: null,
    thread: { index: 0, of: 1 },
  };
}

function serverOf({ folder, root, workers, isDriven, timeoutMs, signal }: Stage): Omit<Happening, 'burst'> {
  const inSlot = (slot: number) =>
    viewServer(readProbes(folder), root).workers.findLast(
      (worker) => worker.slot === slot && worker.exit === undefined,
    );
  const sleep = (ms: number) => setTimeout(ms, undefined, { signal });
  const until = async (isSo: () => boolean) => {
    const giveUpAt = performance.now() + timeoutMs;
    while (!isSo() && performance.now() < giveUpAt) await sleep(lookEveryMs);
  };
  return {
    workers,
    sleep,
    pidIn: (slot) => inSlot(slot)?.pid,
    signal: (pid, name) => {
      try {
        process.kill(pid, name);
      } catch {} // It has ended by itself, which the trial will tell.
    },
    async command(pid, command) {
      const file = `${pid}.command`;
      put(folder, file, command);
      await until(() => !existsSync(join(folder, file)));
    },
    release: () => put(folder, 'release', ''),
    untilReplaced: (slot, pid) =>
      until(() => {
        const worker = inSlot(slot);
        return worker !== undefined && worker.pid !== pid && listening(worker.reading).some(isDriven);
      }),
  };
}

/** Whole, or not at all. */
function put(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, `${name}.new`), text);
  renameSync(join(folder, `${name}.new`), join(folder, name));
}
