import jstat from 'jstat';
import { once } from './once.js';
import { placesAtRandom } from './slots-at-random.js';

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
 * - two choices: simulated. From 64 things per worker on this gap does not grow with N: it is the mean over 200,000 things of one
 *   long sequence, by N mod k (standard error .003 for 2 workers, .012 for 64).
 *
 * What else is simulated is at least 400,000 things or 10,000 draws; all N from one power of two to the next are steps of the
 * same draws. All is seeded. The two are drawn independently, so that they may be one (two distinct workers are a little
 * more even).
 *
 * Source: Azar, Broder, Karlin, Upfal, SIAM J. Comput. 29 (1999); for its gap, Berenbrink, Czumaj, Steger, Vöcking,
 * SIAM J. Comput. 35 (2006); David & Nagaraja, Order Statistics (2003).
 * Precondition: integers workers ≥ 2, total ≥ 1.
 */
export function expectedMaxOverMean(workers: number, total: number): ExpectedMaxOverMean {
  const mean = total / workers;
  const randomGap = mean < 16 ? earlyGap(workers, total, 1) : normalGap(workers, mean);
  const twoChoicesGap = mean < steady ? earlyGap(workers, total, 2) : steadyGaps(workers)[total % workers];
  return {
    roundRobin: Math.ceil(mean) / mean,
    twoChoices: 1 + (twoChoicesGap as number) / mean,
    random: 1 + randomGap / mean,
  };
}

/** Things per worker. */
const steady = 64;
const steadyThings = 200_000;
const earlyThings = 400_000;
const mostDraws = 10_000;

/** By N mod k. */
const steadyGaps = once((workers: number): Float64Array => {
  const give = giving(workers, 2, placesAtRandom(workers, 0));
  const rounds = Math.ceil(steadyThings / workers);
  const sums = new Float64Array(workers);
  for (let thing = 1; thing < (steady + rounds) * workers; thing++) {
    const most = give();
    const rest = thing % workers;
    if (thing >= steady * workers) sums[rest] = (sums[rest] as number) + most - thing / workers;
  }
  return sums.map((sum) => sum / rounds);
});

function earlyGap(workers: number, total: number, choices: 1 | 2): number {
  const from = 2 ** Math.floor(Math.log2(total));
  return (earlyMaxima(workers, from, choices)[total - from] as number) - total / workers;
}

/** E[max] of `from` things, of one more, … as far as anybody asks, up to one less than twice as many. */
const earlyMaxima = once((workers: number, from: number, choices: 1 | 2): Float64Array => {
  const placeAtRandom = placesAtRandom(workers, from);
  const draws = Math.min(mostDraws, Math.ceil(earlyThings / from));
  const end = Math.min(2 * from, workers * (choices === 2 ? steady : 16));
  const sums = new Float64Array(end - from);
  for (let draw = 0; draw < draws; draw++) {
    const give = giving(workers, choices, placeAtRandom);
    for (let thing = 1; thing < from; thing++) give();
    for (let more = 0; more < sums.length; more++) sums[more] = (sums[more] as number) + give();
  }
  return sums.map((sum) => sum / draws);
});

/** Gives one thing more to one worker of so many, and says what the busiest has then. */
function giving(workers: number, choices: 1 | 2, placeAtRandom: () => number): () => number {
  const counts = new Int32Array(workers);
  let most = 0;
  return () => {
    const place = placeAtRandom();
    const one = Math.floor(place);
    const other = choices === 2 ? Math.floor((place - one) * workers) : one;
    const slot = (counts[other] as number) < (counts[one] as number) ? other : one;
    const count = (counts[slot] as number) + 1;
    counts[slot] = count;
    if (count > most) most = count;
    return most;
  };
}

function normalGap(workers: number, mean: number): number {
  const { e, s } = greatestOfNormals(workers);
  return e * Math.sqrt(mean) + (s - 1) / 6;
}

/** ∫ x·kφΦᵏ⁻¹ and ∫ x²·kφΦᵏ⁻¹ by the trapezoid rule, whose error is far below 10⁻⁹ for such an integrand. */
const greatestOfNormals = once((workers: number): { e: number; s: number } => {
  const step = 1 / 16;
  let [e, s] = [0, 0];
  for (let x = -9; x <= 9; x += step) {
    const density = workers * jstat.normal.pdf(x, 0, 1) * jstat.normal.cdf(x, 0, 1) ** (workers - 1);
    e += x * density * step;
    s += x * x * density * step;
  }
  return { e, s };
});
