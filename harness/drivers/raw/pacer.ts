import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ownFile } from '../../own-files.js';
import type { ScheduleOptions } from './schedule.js';

/** Wakes its owner whenever a request of a schedule is due. */
export interface Pacer {
  /** `onDue` handles what is due and returns how many requests of the schedule it has handled in all. */
  start(schedule: ScheduleOptions, startedAtMs: number, onDue: () => number): void;
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
  /** Int32 each, at the places that {@link flag} names. */
  flags: SharedArrayBuffer;
}

/** What the two sides share. `awake`: a wake-up is on its way. `handled`: requests, modulo 2³². */
export const flag = { awake: 0, ended: 1, handled: 2 } as const;

const threadPath = ownFile('harness/drivers/raw/pacer-thread.js');
/** One that has come to the end of a schedule waits for the next: by then its code is compiled. */
let resting: Worker | undefined;

/**
 * libuv's timers count in whole milliseconds, and to spin for less would take from the server the processor it is
 * measured on; so a thread sleeps until each instant. It is there before the schedule begins.
 */
export async function startPacer(): Promise<Pacer> {
  const thread = resting ?? (await startThread());
  resting = undefined;
  thread.ref();
  const flags = new SharedArrayBuffer(12);
  const view = new Int32Array(flags);
  const set = (which: number, value: number) => {
    Atomics.store(view, which, value);
    Atomics.notify(view, which);
  };
  let wake = () => {};
  return {
    start(schedule, startedAtMs, onDue) {
      wake = () => {
        // From here on what is due asks for a wake-up of its own.
        Atomics.store(view, flag.awake, 0);
        Atomics.store(view, flag.handled, onDue());
        Atomics.notify(view, flag.awake);
      };
      thread.on('message', wake);
      thread.postMessage({ schedule, startedAtMs, flags } satisfies PacerStart);
    },
    stop() {
      set(flag.ended, 1);
      set(flag.awake, 0);
      thread.off('message', wake);
      thread.unref();
      if (resting === undefined) resting = thread;
      else void thread.terminate();
    },
  };
}

async function startThread(): Promise<Worker> {
  const thread = new Worker(threadPath, { execArgv: [] });
  await once(thread, 'message');
  return thread;
}
