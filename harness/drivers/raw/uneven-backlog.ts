import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import type { Backlog } from './backlog.js';
import type { Pumped } from './work.js';

/**
 * A queue for each of `places`, since what is due on one connection is not another's to send. How often a place is
 * meant follows Zipf's law: the r-th busiest has 1 ÷ r of what the busiest has; which one that is, `seed` decides.
 */
export class UnevenBacklog implements Backlog {
  readonly #queues: number[][];
  readonly #idle: (Pumped | undefined)[] = [];
  readonly #choose: () => number;
  length = 0;

  constructor(places: number, seed: number) {
    this.#queues = Array.from({ length: places }, () => []);
    this.#choose = zipf(places, seed);
  }

  add(intendedMs: number): void {
    const index = this.#choose();
    this.#queues[index]?.push(intendedMs);
    this.length += 1;
    const place = this.#idle[index];
    this.#idle[index] = undefined;
    place?.pump();
  }

  take(index: number): number | undefined {
    const intendedMs = this.#queues[index]?.shift();
    if (intendedMs !== undefined) this.length -= 1;
    return intendedMs;
  }

  giveBack(intendedMs: number, index: number): void {
    this.#queues[index]?.unshift(intendedMs);
    this.length += 1;
  }

  idle(place: Pumped): void {
    this.#idle[place.index] = place;
  }

  wake(): Pumped[] {
    return this.#idle.splice(0).filter((place) => place !== undefined);
  }

  clear(): void {
    for (const queue of this.#queues) queue.length = 0;
    this.length = 0;
  }
}

/** Draws of 0…n − 1, the ranks given out by a seeded shuffle. */
function zipf(n: number, seed: number): () => number {
  const random = mersenne(seed);
  const order = Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last -= 1) {
    const other = uniformInt(random, 0, last);
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  let sum = 0;
  const upTo = order.map((_, rank) => {
    sum += 1 / (rank + 1);
    return sum;
  });
  return () => {
    const point = uniformFloat64(random) * sum;
    return order[upTo.findIndex((end) => point < end)] ?? order[0] ?? 0;
  };
}
