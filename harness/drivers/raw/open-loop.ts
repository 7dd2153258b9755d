import type { Recorder } from '../recorder.js';
import { earlyMs, type Pacer } from './pacer.js';
import { type ScheduleOptions, scheduleOf } from './schedule.js';
import type { Pumped, Work } from './work.js';

/**
 * Requests are due on a schedule that waits for nobody. What finds no room waits in a queue, first come, first served,
 * and its response time counts from when it was due.
 */
export class OpenLoop implements Work {
  readonly #schedule: ScheduleOptions;
  readonly #pacer: Pacer;
  readonly #recorder: Recorder;
  readonly #queue: number[] = [];
  /** The first of `#queue` that has not been taken. */
  #next = 0;
  readonly #idle: Pumped[] = [];
  #nextIdle = 0;
  /** When the last of them came to be due; undefined before. */
  #endedAtMs: number | undefined;

  constructor(schedule: ScheduleOptions, recorder: Recorder, pacer: Pacer) {
    this.#schedule = schedule;
    this.#recorder = recorder;
    this.#pacer = pacer;
  }

  get over(): boolean {
    return this.#endedAtMs !== undefined && this.#next === this.#queue.length;
  }

  take(): number | undefined {
    const intendedMs = this.#queue[this.#next];
    if (intendedMs === undefined) return undefined;
    this.#next += 1;
    if (this.#next === this.#queue.length) {
      this.#queue.length = 0;
      this.#next = 0;
    }
    return intendedMs;
  }

  giveBack(intendedMs: number): void {
    if (this.#next > 0) this.#queue[--this.#next] = intendedMs;
    else this.#queue.unshift(intendedMs);
  }

  idle(place: Pumped): void {
    this.#idle.push(place);
  }

  /** Begin the schedule: connections that are to be kept are open. */
  start(): void {
    this.#recorder.begin();
    const { startedAtMs } = this.#recorder;
    const schedule = scheduleOf(this.#schedule);
    let due = schedule.next();
    if (due.done) {
      this.#end();
      return;
    }
    this.#pacer.start(this.#schedule, startedAtMs, () => {
      let nowMs = this.#recorder.now();
      // Woken a little early, it is for this one.
      if (!due.done && startedAtMs + due.value - nowMs <= earlyMs)
        while (nowMs < startedAtMs + due.value) nowMs = this.#recorder.now();
      for (; !due.done && startedAtMs + due.value <= nowMs; due = schedule.next())
        this.#arrive(startedAtMs + due.value, nowMs);
      if (due.done) this.#end();
    });
  }

  /** What could not be sent in time for so long will not be sent. */
  sweep(oldestMs: number): void {
    if (this.#endedAtMs === undefined || this.#endedAtMs >= oldestMs) return;
    this.#recorder.unsent(this.#queue.length - this.#next);
    this.#queue.length = 0;
    this.#next = 0;
  }

  #arrive(intendedMs: number, nowMs: number): void {
    const { rate, durationMs, requests } = this.#schedule;
    const lengthMs = durationMs ?? ((requests ?? 0) * 1000) / rate;
    const part = (intendedMs - this.#recorder.startedAtMs) / lengthMs;
    this.#recorder.arrived(nowMs - intendedMs, part, this.#queue.length - this.#next);
    this.#queue.push(intendedMs);
    // A place that lay idle may have lost its connection since; then it takes nothing, and it is the next one's.
    for (let place = this.#takeIdle(); place !== undefined; place = this.#takeIdle()) {
      place.pump();
      if (this.#next === this.#queue.length) return;
    }
  }

  /** The place that has been idle for longest. */
  #takeIdle(): Pumped | undefined {
    const place = this.#idle[this.#nextIdle];
    if (place === undefined) return undefined;
    this.#nextIdle += 1;
    if (this.#nextIdle > 1024 || this.#nextIdle === this.#idle.length) {
      this.#idle.splice(0, this.#nextIdle);
      this.#nextIdle = 0;
    }
    return place;
  }

  #end(): void {
    if (this.#endedAtMs !== undefined) return;
    this.#endedAtMs = this.#recorder.now();
    this.#pacer.stop();
    const idle = this.#idle.splice(0).slice(this.#nextIdle);
    this.#nextIdle = 0;
    for (const place of idle) place.pump();
  }
}
