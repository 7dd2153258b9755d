import jstat from 'jstat';
import { once } from './once.js';
import { slotsAtRandom } from './slots-at-random.js';

/** E[max/mean] of N things on k workers, under three ways of giving them out. */
export interface ExpectedMaxOverMean {
  /** In strict turns: ⌈N/k⌉ · k/N. */
  roundRobin: number;
  /** Each to the one that has had fewer of two workers drawn at random. */
  twoChoices: number;
  /** Each to one worker drawn at random. */
  random: number;
}

/**
 * In strict turns exact. The others are 1 + gap/m, with m = N/k and the gap E[max] − m:
 *
 * - random: e·√m + (s − 1)/6, where e and s are mean and mean square of the greatest of k standard normals
 *   (Cornish–Fisher of Poisson counts, two terms), for m ≥ 16; with less it is simulated.
 * - two choices: simulated, for at most 64 things per worker and N mod k, since this gap does not grow with N.
 *
 * What is simulated is some 400,000 things in at most 10,000 draws, seeded with k and N. The two are drawn
 * independently, so that they may be one (two distinct workers are a little more even).
 *
 * Source: Azar, Broder, Karlin, Upfal, SIAM J. Comput. 29 (1999); for its gap, Berenbrink, Czumaj, Steger, Vöcking,
 * SIAM J. Comput. 35 (2006); David & Nagaraja, Order Statistics (2003).
 * Precondition: integers workers ≥ 2, total ≥ 1.
 */
export function expectedMaxOverMean(workers: number, total: number): ExpectedMaxOverMean {
  const mean = total / workers;
  const steady = Math.min(total, 64 * workers + (total % workers));
  const randomGap = mean < 16 ? simulatedGap(workers, total, 1) : normalGap(workers, mean);
  return {
    roundRobin: Math.ceil(mean) / mean,
    twoChoices: 1 + simulatedGap(workers, steady, 2) / mean,
    random: 1 + randomGap / mean,
  };
}

const simulatedThings = 400_000;
const mostDraws = 10_000;

const simulatedGap = once((workers: number, total: number, choices: 1 | 2): number => {
  const slotAtRandom = slotsAtRandom(workers, total);
  const counts = new Int32Array(workers);
  const draws = Math.max(1, Math.min(mostDraws, Math.round(simulatedThings / total)));
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    counts.fill(0);
    for (let thing = 0; thing < total; thing++) {
      const one = slotAtRandom();
      const other = choices === 2 ? slotAtRandom() : one;
      const slot = (counts[other] ?? 0) < (counts[one] ?? 0) ? other : one;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    sum += Math.max(...counts);
  }
  return sum / draws - total / workers;
});

/** ∫ x·kφΦᵏ⁻¹ and ∫ x²·kφΦᵏ⁻¹ by the trapezoid rule, whose error is far below 10⁻⁹ for such an integrand. */
function normalGap(workers: number, mean: number): number {
  const step = 1 / 16;
  let [e, s] = [0, 0];
  for (let x = -9; x <= 9; x += step) {
    const density = workers * jstat.normal.pdf(x, 0, 1) * jstat.normal.cdf(x, 0, 1) ** (workers - 1);
    e += x * density * step;
    s += x * x * density * step;
  }
  return e * Math.sqrt(mean) + (s - 1) / 6;
}
