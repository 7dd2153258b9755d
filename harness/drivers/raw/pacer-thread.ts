/** The thread of a pacer: sleeps until the next request is due, wakes its parent, and so on to the end of each schedule. */
import { parentPort } from 'node:worker_threads';
import { monotonicMs } from '../../clock.js';
import { earlyMs, flag, type PacerStart } from './pacer.js';
import { scheduleOf } from './schedule.js';

parentPort?.on('message', ({ schedule, startedAtMs, flags }: PacerStart) => {
  const view = new Int32Array(flags);
  const isEnded = () => Atomics.load(view, flag.ended) === 1;
  /** Until so long before `atMs` that the wake-up comes in time. */
  const sleepUntil = (atMs: number) => {
    for (let leftMs = atMs - monotonicMs(); leftMs > earlyMs && !isEnded(); leftMs = atMs - monotonicMs())
      Atomics.wait(view, flag.ended, 0, leftMs - earlyMs);
  };
  /** A wake-up on its way may, or may not, have been for this request as well: then it is looked at, not guessed. */
  const wakeFor = (index: number) => {
    const isHandled = () => ((Atomics.load(view, flag.handled) - index) | 0) > 0;
    while (!isHandled() && !isEnded()) {
      if (Atomics.exchange(view, flag.awake, 1) === 0) {
        parentPort?.postMessage(0);
        return;
      }
      Atomics.wait(view, flag.awake, 1);
    }
  };
  let index = 0;
  for (const due of scheduleOf(schedule)) {
    sleepUntil(startedAtMs + due);
    if (isEnded()) return;
    wakeFor(index);
    index += 1;
  }
});
parentPort?.postMessage(0);
