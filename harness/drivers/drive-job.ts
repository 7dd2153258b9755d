import { PerformanceObserver, performance } from 'node:perf_hooks';
import { monotonicMs } from '../clock.js';
import type { Job } from './driver.js';
import { driverNamed } from './index.js';
import { Recorder, type Spell } from './recorder.js';

/** Above this share of one core a closed loop measures its client, not the server. */
const saturatedAbove = 0.95;

/** Drive a job in this thread, and say once that it has begun. `cpuSeconds` is the process's to tell. */
export async function driveJob(job: Job, onBegun: () => void): Promise<Spell> {
  const driver = await driverNamed(job.driver);
  const gc = watchGc();
  const loop = performance.eventLoopUtilization();
  const recorder = new Recorder(monotonicMs, job.durationMs);
  let hasBegun = false;
  recorder.onBegun = () => {
    if (!hasBegun) onBegun();
    hasBegun = true;
  };
  await driver.drive(job, recorder);
  recorder.onBegun(); // Where it did not come so far.
  const { utilization } = performance.eventLoopUtilization(loop);
  return recorder.finish({
    cpuSeconds: 0,
    eventLoopUtilization: utilization,
    saturated: utilization > saturatedAbove,
    gc: gc(),
  });
}

/** Garbage collections from now on; the returned function ends the watch and tells what they came to. */
function watchGc() {
  const sum = { pauses: 0, totalMs: 0, longestMs: 0 };
  const add = (entries: readonly { duration: number }[]) => {
    for (const { duration } of entries) {
      sum.pauses += 1;
      sum.totalMs += duration;
      sum.longestMs = Math.max(sum.longestMs, duration);
    }
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    add(observer.takeRecords());
    observer.disconnect();
    return sum;
  };
}
