import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ScheduleOptions } from './schedule.js';

/** Wakes its owner whenever a request of a schedule is due. */
export interface Pacer {
  start(schedule: ScheduleOptions, startedAtMs: number, onDue: () => void): void;
  stop(): void;
}

/**
 * A wake-up is sent this much before its time, ms: the kernel lets a sleeper lie for 50 µs more (PR_SET_TIMERSLACK's
 * default), and the message takes its time as well.
 */
export const earlyMs = 0.06;

/** What the thread is told. */
export interface PacerStart {
  schedule: ScheduleOptions;
  startedAtMs: number;
  /** [0]: a wake-up has been sent and not been handled. [1]: end. */
  flags: SharedArrayBuffer;
}

const threadPath = fileURLToPath(new URL('./pacer-thread.js', import.meta.url));

/**
 * libuv's timers count in whole milliseconds, and to spin for less would take from the server the processor it is
 * measured on; so a thread sleeps until each instant. It is there before the schedule begins.
 */
export async function startPacer(): Promise<Pacer> {
  const flags = new SharedArrayBuffer(8);
  const view = new Int32Array(flags);
  const thread = new Worker(threadPath, { execArgv: [] });
  await once(thread, 'message');
  return {
    start(schedule, startedAtMs, onDue) {
      thread.on('message', () => {
        Atomics.store(view, 0, 0);
        onDue();
      });
      thread.postMessage({ schedule, startedAtMs, flags } satisfies PacerStart);
    },
    stop() {
      Atomics.store(view, 1, 1);
      Atomics.notify(view, 1);
      void thread.terminate();
    },
  };
}
