/** The thread of a pacer: sleeps until the next request is due, wakes its parent, and so on to the end. */
import { parentPort } from 'node:worker_threads';
import { monotonicMs } from '../../clock.js';
import { earlyMs, type PacerStart } from './pacer.js';
import { scheduleOf } from './schedule.js';

parentPort?.once('message', ({ schedule, startedAtMs, flags }: PacerStart) => {
  const view = new Int32Array(flags);
  // Once is enough until it has been handled.
  const wake = () => {
    if (Atomics.exchange(view, 0, 1) === 0) parentPort?.postMessage(0);
  };
  for (const due of scheduleOf(schedule)) {
    const leftMs = startedAtMs + due - monotonicMs();
    if (leftMs > earlyMs) Atomics.wait(view, 1, 0, leftMs - earlyMs);
    if (Atomics.load(view, 1) === 1) return;
    wake();
  }
});
parentPort?.postMessage(0);
