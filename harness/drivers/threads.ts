import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ownFile } from '../own-files.js';
import type { Job } from './driver.js';
import { mergeSpells } from './merge.js';
import type { Spell } from './recorder.js';

const threadPath = ownFile('harness/drivers/client-thread.js');

/**
 * Drive a job in `job.thread.of` threads, or in as many as there are connections: each has its part of the connections
 * and of the requests, and, of an open loop, every n-th arrival of the one schedule. It has begun when all have.
 */
export async function driveInThreads(job: Job, onBegun: () => void): Promise<Spell> {
  const of = Math.min(job.thread.of, job.connections);
  const threads = Array.from({ length: of }, () => new Worker(threadPath, { execArgv: [] }));
  // What comes before it is asked for waits.
  const messages = threads.map((thread) => on(thread, 'message'));
  const next = () => Promise.all(messages.map(async (each) => (await each.next()).value[0]));
  try {
    await next();
    threads.forEach((thread, index) => {
      thread.postMessage(partOf(job, index, of));
    });
    await next();
    onBegun();
    return mergeSpells((await next()) as Spell[]);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** What of a job thread `index` of `of` does. The parts add up to the whole. */
export function partOf(job: Job, index: number, of: number): Job {
  const share = (total: number) => Math.floor(total / of) + (index < total % of ? 1 : 0);
  const firstPlace = Math.floor(job.connections / of) * index + Math.min(index, job.connections % of);
  return {
    ...job,
    connections: share(job.connections),
    // An open loop counts its one schedule in every thread.
    requests: job.requests === null || job.rate !== null ? job.requests : share(job.requests),
    thread: { index, of },
    firstPlace,
  };
}
