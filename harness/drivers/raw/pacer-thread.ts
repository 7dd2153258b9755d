/** The thread of a pacer: sleeps until the next request is due, wakes its parent, and so on to the end. */
import { parentPort } from 'node:worker_threads';
import { monotonicMs } from '../../clock.js';
import { earlyMs, flag, type PacerStart } from './pacer.js';
import { scheduleOf } from './schedule.js';

parentPort?.once('message', ({ schedule, startedAtMs, flags }: PacerStart) => {
  const view = new Int32Array(flags);
  let index = 0;
  for (const due of scheduleOf(schedule)) {
    const leftMs = startedAtMs + due - monotonicMs();
    if (leftMs > earlyMs) Atomics.wait(view, flag.ended, 0, leftMs - earlyMs);
    // A wake-up for an earlier request may, or may not, have come in time for this one: it is looked at, not guessed.
    while (((Atomics.load(view, flag.handled) - index) | 0) <= 0) {
      if (Atomics.load(view, flag.ended) === 1) return;
      if (Atomics.exchange(view, flag.awake, 1) === 0) parentPort?.postMessage(0);
      Atomics.wait(view, flag.awake, 1);
    }
    index += 1;
  }
});
parentPort?.postMessage(0);
