import type { Job } from '../driver.js';
import type { Recorder } from '../recorder.js';
import type { Work } from './work.js';

/** The next request follows the previous answer, until the deadline or the count is reached. */
export class ClosedLoop implements Work {
  readonly #recorder: Recorder;
  #remaining: number;

  constructor(job: Job, recorder: Recorder) {
    this.#recorder = recorder;
    this.#remaining = job.requests ?? Number.POSITIVE_INFINITY;
  }

  get over(): boolean {
    return this.#remaining === 0 || this.#recorder.now() >= this.#recorder.deadlineMs;
  }

  take(nowMs: number): number | undefined {
    if (this.#remaining === 0 || nowMs >= this.#recorder.deadlineMs) return undefined;
    this.#remaining -= 1;
    return nowMs;
  }

  /** It is not tried again: a count that a dead port can never reach would go on for ever. */
  giveBack(): void {}

  /** There is always a next request, until it is over. */
  idle(): void {}

  start(): void {}

  /** A count that a dead server can never reach. */
  sweep(oldestMs: number): void {
    if (this.#remaining !== Number.POSITIVE_INFINITY && this.#recorder.lastAnswerMs < oldestMs)
      this.#remaining = 0;
  }
}
