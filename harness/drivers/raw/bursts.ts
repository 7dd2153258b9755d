import type { Job } from '../driver.js';
import type { Recorder } from '../recorder.js';
import type { Pumped, Work } from './work.js';

/** How long the server is left alone between two bursts, ms. */
const restMs = 20;

/** Every place sends at one instant, and again when all of them are through and the server has come to rest. */
export class Bursts implements Work {
  readonly #recorder: Recorder;
  readonly #places: number;
  readonly #idle: Pumped[] = [];
  #remaining: number;
  /** There will be no other burst. Decided between two of them, when every place is idle. */
  over = false;
  /** How many of this burst have not been taken, and its instant. */
  #left = 0;
  #atMs = 0;

  constructor({ connections, requests }: Pick<Job, 'connections' | 'requests'>, recorder: Recorder) {
    this.#recorder = recorder;
    this.#places = connections;
    this.#remaining = requests ?? Number.POSITIVE_INFINITY;
  }

  take(): number | undefined {
    if (this.#left === 0) return undefined;
    this.#left -= 1;
    return this.#atMs;
  }

  /** It is not tried again: a count that a dead port can never reach would go on for ever. */
  giveBack(): void {}

  idle(place: Pumped): void {
    this.#idle.push(place);
    if (this.#idle.length === this.#places) setTimeout(() => this.#burst(), restMs);
  }

  /** Nothing to begin: the first burst comes when every place has said that it is idle. */
  start(): void {}

  sweep(): void {}

  #burst(): void {
    this.#atMs = this.#recorder.now();
    this.over = this.#remaining === 0 || this.#atMs >= this.#recorder.deadlineMs;
    this.#left = this.over ? 0 : Math.min(this.#places, this.#remaining);
    this.#remaining -= this.#left;
    for (const place of this.#idle.splice(0)) place.pump();
  }
}
