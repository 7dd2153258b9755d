import type { Job } from '../driver.js';
import type { Recorder } from '../recorder.js';
import { SharedBacklog } from './backlog.js';
import { Bursts } from './bursts.js';
import { ClosedLoop } from './closed-loop.js';
import { OpenLoop } from './open-loop.js';
import { startPacer } from './pacer.js';
import { UnevenBacklog } from './uneven-backlog.js';
import type { Work } from './work.js';

/** Where the requests of a job come from. */
export async function workOf(job: Job, recorder: Recorder): Promise<Work> {
  const { rate, arrivals, durationMs, requests, seed, thread, pattern, connections } = job;
  if (pattern === 'bursts') return new Bursts(job, recorder);
  if (rate === null) return new ClosedLoop(job, recorder);
  const schedule = { rate, arrivals, durationMs, requests, seed, thread };
  const backlog =
    pattern === 'uneven' ? new UnevenBacklog(connections, seed + thread.index) : new SharedBacklog();
  return new OpenLoop(schedule, recorder, await startPacer(), backlog);
}
