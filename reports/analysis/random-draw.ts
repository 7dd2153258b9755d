import jstat from 'jstat';
import { binomialUpperQuantile } from './binomial.js';
import { logFactorial } from './log-factorial.js';
import { once } from './once.js';
import { slotsAtRandom } from './slots-at-random.js';

/**
 * What a fair random draw of the same size stays within 95 % of the time: `jain` is the index it stays above (its 5 %
 * quantile), `maxOverMean` the ratio it stays below (its 95 % quantile). Null where nothing was drawn, or only one
 * worker could be.
 */
export interface RandomFloor {
  jain: number | null;
  maxOverMean: number | null;
}

/** Both tails of χ² under the fair draw: `upper` = P(χ² ≥ seen), `lower` = P(χ² ≤ seen). */
export interface Tails {
  upper: number;
  lower: number;
}

/**
 * The null hypothesis for `total` things that each pick one of `workers` at random, independently and evenly.
 *
 * With an expected count per worker of at least 5, χ² follows its distribution with `workers` − 1 degrees of freedom
 * and Jain's floor is 1/(1 + χ²₀.₉₅/N). The lower tail is never put below the probability of the evenest outcome
 * there is: counts are whole numbers, so the true tail cannot be smaller, and without this two workers would be called
 * "too even for random" at every exact tie (2.5 % of 1,000 fair draws). With less than 5, both come from 10,000 draws
 * (seeded with `workers` and `total`), and a p is (hits + 1)/(draws + 1): never 0, at least 10⁻⁴.
 *
 * The floor of max/mean comes from the smallest c with workers · P(Binomial(N, 1/workers) > c) ≤ 0.05 (Bonferroni;
 * too high by less than 0.05²/2 in probability).
 *
 * Source: Pearson's χ² of goodness of fit; Davison & Hinkley, Bootstrap Methods (1997), 4.2 for the +1.
 * Precondition: integers workers ≥ 2, total ≥ 1.
 */
export function fairDraw(
  workers: number,
  total: number,
): { floor: RandomFloor; tails: (sumOfSquares: number) => Tails } {
  const mean = total / workers;
  const maxOverMean = binomialUpperQuantile(total, 1 / workers, 0.05 / workers) / mean;
  const degreesOfFreedom = workers - 1;

  if (mean < 5) {
    const squares = simulatedSumsOfSquares(workers, total);
    const floor = squares[Math.ceil(0.95 * squares.length) - 1] ?? 0;
    return {
      floor: { jain: total ** 2 / (workers * floor), maxOverMean },
      tails: (seen) => {
        const [below, notAbove] = [countBelow(squares, seen), countBelow(squares, seen + 1)];
        return {
          upper: (squares.length - below + 1) / (squares.length + 1),
          lower: (notAbove + 1) / (squares.length + 1),
        };
      },
    };
  }

  const evenest = evenestOutcomeProbability(workers, total);
  return {
    floor: { jain: 1 / (1 + chiSquare95(degreesOfFreedom) / total), maxOverMean },
    tails: (seen) => {
      const below = jstat.chisquare.cdf(Math.max(0, seen / mean - total), degreesOfFreedom);
      return { upper: Math.max(0, 1 - below), lower: Math.max(below, evenest) };
    },
  };
}

/** The 95 % quantile of χ². */
export const chiSquare95 = once((degreesOfFreedom: number): number =>
  jstat.chisquare.inv(0.95, degreesOfFreedom),
);

const draws = 10_000;

/** Σx² of each simulated draw, ascending: whole numbers, so that ties with the counts seen are exact. */
const simulatedSumsOfSquares = once((workers: number, total: number): Float64Array => {
  const slotAtRandom = slotsAtRandom(workers, total);
  const counts = new Int32Array(workers);
  const squares = new Float64Array(draws).map(() => {
    counts.fill(0);
    let sum = 0;
    for (let thing = 0; thing < total; thing++) {
      const slot = slotAtRandom();
      const before = counts[slot] ?? 0;
      counts[slot] = before + 1;
      sum += 2 * before + 1;
    }
    return sum;
  });
  return squares.sort();
});

/** How many of the ascending `values` are below `limit`. */
function countBelow(values: Float64Array, limit: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((values[middle] as number) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** C(k, r) · N! / (⌈m⌉!ʳ · ⌊m⌋!ᵏ⁻ʳ · kᴺ), where m = N/k and r = N mod k workers get one more than the others. */
function evenestOutcomeProbability(workers: number, total: number): number {
  const low = Math.floor(total / workers);
  const more = total % workers;
  const choices = logFactorial(workers) - logFactorial(more) - logFactorial(workers - more);
  const ways = logFactorial(total) - more * logFactorial(low + 1) - (workers - more) * logFactorial(low);
  return Math.min(1, Math.exp(choices + ways - total * Math.log(workers)));
}
