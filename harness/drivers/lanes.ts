import type { Job } from './driver.js';
import type { Recorder } from './recorder.js';

/** A refused connection is tried again after this long, so that a dead port is not hammered. */
export const backOffMs = 100;
const sweepMs = 50;

/** One of the `--connections` places of a closed loop: it holds at most one connection at a time. */
export interface Lane {
  /** When what it waits for was begun; undefined while it waits for nothing. */
  waitingSinceMs: number | undefined;
  /** Give up what it waits for: the answer did not come in time. */
  expire(): void;
}

/**
 * The closed loop's bookkeeping: hands out permission for each next request until the deadline or the count is reached,
 * times out lanes that wait too long, and resolves when every lane has finished.
 */
export class Lanes {
  readonly #recorder: Recorder;
  #remaining: number;

  constructor(job: Job, recorder: Recorder) {
    this.#recorder = recorder;
    this.#remaining = job.requests ?? Number.POSITIVE_INFINITY;
  }

  /** Whether one more request may be sent now. Taking it is final. */
  take(): boolean {
    if (this.over) return false;
    this.#remaining -= 1;
    return true;
  }

  /** No further request may be sent. */
  get over(): boolean {
    return this.#remaining === 0 || this.#recorder.now() >= this.#recorder.deadlineMs;
  }

  /** Start every lane; `start` gets a function to call when its lane is finished. */
  async run(job: Job, start: (finished: () => void, index: number) => Lane): Promise<void> {
    const lanes = new Set<Lane>();
    await new Promise<void>((resolve) => {
      const sweep = setInterval(() => {
        const oldest = this.#recorder.now() - job.timeoutMs;
        // A count that a dead server can never reach.
        if (job.requests !== null && this.#recorder.lastAnswerMs < oldest) this.#remaining = 0;
        for (const lane of lanes)
          if ((lane.waitingSinceMs ?? Number.POSITIVE_INFINITY) < oldest) lane.expire();
      }, sweepMs);
      let running = job.connections;
      const finished = () => {
        running -= 1;
        if (running > 0) return;
        clearInterval(sweep);
        resolve();
      };
      for (let index = 0; index < job.connections; index += 1) lanes.add(start(finished, index));
    });
  }
}
