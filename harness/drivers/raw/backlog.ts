import type { Pumped } from './work.js';

/** What is due and has not been sent. */
export interface Backlog {
  readonly length: number;
  /** One more is due; who may send it, and is idle, is pumped. */
  add(intendedMs: number): void;
  /** The one that place `index` is to send next. */
  take(index: number): number | undefined;
  /** Place `index` could not send it after all. */
  giveBack(intendedMs: number, index: number): void;
  idle(place: Pumped): void;
  /** Every idle place; none is, from then on. */
  wake(): Pumped[];
  clear(): void;
}

/** One queue for all places: first come, first served, by whoever has been idle for longest. */
export class SharedBacklog implements Backlog {
  readonly #queue: number[] = [];
  /** The first of `#queue` that has not been taken. */
  #next = 0;
  readonly #idle: Pumped[] = [];
  #nextIdle = 0;

  get length(): number {
    return this.#queue.length - this.#next;
  }

  add(intendedMs: number): void {
    this.#queue.push(intendedMs);
    // A place that lay idle may have lost its connection since; then it takes nothing, and it is the next one's.
    for (let place = this.#takeIdle(); place !== undefined; place = this.#takeIdle()) {
      place.pump();
      if (this.length === 0) return;
    }
  }

  take(): number | undefined {
    const intendedMs = this.#queue[this.#next];
    if (intendedMs === undefined) return undefined;
    this.#next += 1;
    if (this.#next === this.#queue.length) this.clear();
    return intendedMs;
  }

  giveBack(intendedMs: number): void {
    if (this.#next > 0) this.#queue[--this.#next] = intendedMs;
    else this.#queue.unshift(intendedMs);
  }

  idle(place: Pumped): void {
    this.#idle.push(place);
  }

  wake(): Pumped[] {
    const idle = this.#idle.splice(0).slice(this.#nextIdle);
    this.#nextIdle = 0;
    return idle;
  }

  clear(): void {
    this.#queue.length = 0;
    this.#next = 0;
  }

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
}
