import { setTimeout } from 'node:timers/promises';
import { monotonicMs } from '../clock.js';
import { OpenLoop } from '../drivers/raw/open-loop.js';
import { startPacer } from '../drivers/raw/pacer.js';
import { Recorder } from '../drivers/recorder.js';
import type { ClientRecord } from '../record.js';
import type { Lateness } from './examination.js';

const sleeps = 200;
const rate = 500;
const requests = 250;

/** Of `setTimeout(1)`, by which most clients pace themselves. */
export async function timerLateness(): Promise<Lateness> {
  const lateMs: number[] = [];
  for (let sleep = 0; sleep < sleeps; sleep += 1) {
    const dueMs = monotonicMs() + 1;
    await setTimeout(1);
    lateMs.push(monotonicMs() - dueMs);
  }
  return lateness(lateMs);
}

/** Of our open loop's pacing, when nothing else is to be done. */
export async function pacerLateness(): Promise<Lateness> {
  const { sendLag } = await paced({ rate, requests });
  return { p50: sendLag?.p50 ?? 0, p99: sendLag?.p99 ?? 0 };
}

/** An open loop whose requests are taken as soon as they are due, and go nowhere. */
export async function paced({ rate, requests }: { rate: number; requests: number }): Promise<ClientRecord> {
  const schedule = {
    rate,
    arrivals: 'constant' as const,
    durationMs: null,
    requests,
    seed: 1,
    thread: { index: 0, of: 1 },
  };
  const recorder = new Recorder(monotonicMs, null);
  const loop = new OpenLoop(schedule, recorder, await startPacer());
  await new Promise<void>((resolve) => {
    const place = {
      index: 0,
      pump() {
        while (loop.take(0, 0) !== undefined);
        if (loop.over) resolve();
        else loop.idle(place);
      },
    };
    loop.idle(place);
    loop.start();
  });
  return recorder.finish({ cpuSeconds: 0, eventLoopUtilization: 0, saturated: false }).client;
}

function lateness(lateMs: readonly number[]): Lateness {
  const sorted = lateMs.toSorted((a, b) => a - b);
  const at = (quantile: number) =>
    Math.round((sorted[Math.ceil(sorted.length * quantile) - 1] ?? Number.NaN) * 1000);
  return { p50: at(0.5), p99: at(0.99) };
}
