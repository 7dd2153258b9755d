import type { Recorder } from '../recorder.js';
import { type Backlog, SharedBacklog } from './backlog.js';
import { earlyMs, type Pacer } from './pacer.js';
import { type ScheduleOptions, scheduleOf } from './schedule.js';
import type { Pumped, Work } from './work.js';

/**
 * Requests are due on a schedule that waits for nobody. What finds no room waits in a backlog, and its response time
 * counts from when it was due.
 */
export class OpenLoop implements Work {
  readonly #schedule: ScheduleOptions;
  readonly #pacer: Pacer;
  readonly #recorder: Recorder;
  readonly #backlog: Backlog;
  /** When the last of them came to be due; undefined before. */
  #endedAtMs: number | undefined;

  constructor(
    schedule: ScheduleOptions,
    recorder: Recorder,
    pacer: Pacer,
    backlog: Backlog = new SharedBacklog(),
  ) {
    this.#schedule = schedule;
    this.#recorder = recorder;
    this.#pacer = pacer;
    this.#backlog = backlog;
  }

  get over(): boolean {
    return this.#endedAtMs !== undefined && this.#backlog.length === 0;
  }

  take(_nowMs: number, index: number): number | undefined {
    const intendedMs = this.#backlog.take(index);
    if (intendedMs !== undefined) this.#wakeIfOver();
    return intendedMs;
  }

  giveBack(intendedMs: number, index: number): void {
    this.#backlog.giveBack(intendedMs, index);
  }

  idle(place: Pumped): void {
    this.#backlog.idle(place);
  }

  /** Begin the schedule: connections that are to be kept are open. */
  start(): void {
    this.#recorder.begin();
    const { startedAtMs } = this.#recorder;
    const schedule = scheduleOf(this.#schedule);
    let due = schedule.next();
    let handled = 0;
    if (due.done) {
      this.#end();
      return;
    }
    this.#pacer.start(this.#schedule, startedAtMs, () => {
      let nowMs = this.#recorder.now();
      // Woken a little early, it is for this one.
      if (!due.done && startedAtMs + due.value - nowMs <= earlyMs)
        while (nowMs < startedAtMs + due.value) nowMs = this.#recorder.now();
      for (; !due.done && startedAtMs + due.value <= nowMs; due = schedule.next()) {
        this.#arrive(startedAtMs + due.value, nowMs);
        handled += 1;
      }
      if (due.done) this.#end();
      return handled;
    });
  }

  /** What could not be sent in time for so long will not be sent. */
  sweep(oldestMs: number): void {
    if (this.#endedAtMs === undefined || this.#endedAtMs >= oldestMs) return;
    this.#recorder.unsent(this.#backlog.length);
    this.#backlog.clear();
    this.#wakeIfOver();
  }

  #arrive(intendedMs: number, nowMs: number): void {
    const { rate, durationMs, requests } = this.#schedule;
    const lengthMs = durationMs ?? ((requests ?? 0) * 1000) / rate;
    const part = (intendedMs - this.#recorder.startedAtMs) / lengthMs;
    this.#recorder.arrived(nowMs - intendedMs, part, this.#backlog.length);
    this.#backlog.add(intendedMs);
  }

  #end(): void {
    if (this.#endedAtMs !== undefined) return;
    this.#endedAtMs = this.#recorder.now();
    this.#pacer.stop();
    this.#wakeIfOver();
  }

  /** Those that wait for what will not come. */
  #wakeIfOver(): void {
    if (!this.over) return;
    for (const place of this.#backlog.wake()) place.pump();
  }
}
