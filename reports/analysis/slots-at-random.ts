import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A function that gives slots 0 … workers − 1, evenly: each has ⌊2³²/workers⌋ of 2³² draws, or one more. Simulations throw
 * millions, so no draw is thrown again for being in the rest. Seeded with `workers` and `total`, so that what is simulated
 * for a trial is always the same.
 */
export function slotsAtRandom(workers: number, total: number): () => number {
  const place = placesAtRandom(workers, total);
  return () => Math.floor(place());
}

/**
 * The same with a fraction, which is even too: times `workers`, its whole part is a second slot. Each pair has ⌊2³²/workers²⌋
 * of 2³² draws, or one more.
 */
export function placesAtRandom(workers: number, total: number): () => number {
  const random = xoroshiro128plus(workers * 1_000_003 + total);
  const scale = workers / 2 ** 32;
  return () => (random.next() >>> 0) * scale;
}
