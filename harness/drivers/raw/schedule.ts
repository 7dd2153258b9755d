import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';
import type { Arrivals } from '../driver.js';

/** What a schedule depends on. */
export interface ScheduleOptions {
  /** Per second. */
  rate: number;
  arrivals: Arrivals;
  /** Until when, ms from the start; null where a count ends it. */
  durationMs: number | null;
  /** How many; null where time ends it. */
  requests: number | null;
  seed: number;
  /** Of how many threads this is which: it has every n-th arrival of the one schedule. */
  thread: { index: number; of: number };
}

/** When each request is due, ms from the start, never falling. Pure: the same options give the same times. */
export function* scheduleOf(options: ScheduleOptions): Generator<number, undefined> {
  const { rate, arrivals, durationMs, requests, thread } = options;
  const times = arrivals === 'poisson' ? poisson(rate, options.seed) : constant(rate);
  const end = durationMs ?? Number.POSITIVE_INFINITY;
  const most = requests ?? Number.POSITIVE_INFINITY;
  let index = 0;
  for (const atMs of times) {
    if (atMs >= end || index >= most) return undefined;
    if (index % thread.of === thread.index) yield atMs;
    index += 1;
  }
  return undefined;
}

/** i ÷ rate: computed anew for each, so that nothing adds up. */
function* constant(rate: number): Generator<number> {
  for (let index = 0; ; index += 1) yield (index * 1000) / rate;
}

/** Independent exponential gaps of mean 1 ÷ rate, by inversion: −ln(1 − u) ÷ rate, u uniform on [0, 1). */
function* poisson(rate: number, seed: number): Generator<number> {
  const random = mersenne(seed);
  for (let atMs = 0; ; ) {
    atMs += (-Math.log1p(-uniformFloat64(random)) * 1000) / rate;
    yield atMs;
  }
}
