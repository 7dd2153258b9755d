import jstat from 'jstat';
import { binomialUpperQuantile } from './binomial.js';
import type { RandomFloor, Tails } from './random-draw.js';
import { slotsAtRandom } from './slots-at-random.js';

/** So many connections that carry `weight` each. */
export interface Weighted {
  count: number;
  weight: number;
}

const mostSimulated = 2000;
const mostDraws = 10_000;
/** Connections thrown in all draws together: about 40 ms. */
const mostThrown = 4_000_000;

/**
 * The null hypothesis for connections of unequal weight that each pick one of `workers` at random, independently and
 * evenly, and take their weight with them.
 *
 * Up to 2,000 connections it is simulated (seeded with `workers` and their number; 2,000 to 10,000 draws), and a p is
 * (hits + 1)/(draws + 1). Beyond that nₑ = (Σw)²/Σw² connections of equal weight stand for them (Kish's effective
 * number): nₑ·CV² of the workers' sums has the mean k − 1, and the distribution of χ² with k − 1 degrees of freedom as
 * long as no connection weighs much; max/mean is that of round(nₑ) connections. Undefined where nₑ/k < 5.
 *
 * Source: Kish, Survey Sampling (1965), 11.7; Davison & Hinkley, Bootstrap Methods (1997), 4.2 for the +1.
 * Precondition: integers workers ≥ 2 and count ≥ 1, weight > 0, at least one connection.
 */
export function weightedDraw(
  workers: number,
  connections: readonly Weighted[],
): { floor: RandomFloor; tails: (sumOfSquares: number) => Tails } | undefined {
  const count = connections.reduce((sum, each) => sum + each.count, 0);
  return count <= mostSimulated ? simulated(workers, connections, count) : effective(workers, connections);
}

function simulated(workers: number, connections: readonly Weighted[], count: number) {
  const weights = Float64Array.from(
    connections.flatMap((each) => Array<number>(each.count).fill(each.weight)),
  );
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / workers;
  const draws = Math.min(mostDraws, Math.floor(mostThrown / count));
  const slotAtRandom = slotsAtRandom(workers, count);
  const sums = new Float64Array(workers);
  const squares = new Float64Array(draws);
  const greatest = new Float64Array(draws);
  // Plain loops: they run half a million times for each trial.
  for (let draw = 0; draw < draws; draw += 1) {
    sums.fill(0);
    for (let index = 0; index < weights.length; index += 1)
      (sums[slotAtRandom()] as number) += weights[index] as number;
    let [square, most] = [0, 0];
    for (let slot = 0; slot < workers; slot += 1) {
      const sum = sums[slot] as number;
      square += sum * sum;
      if (sum > most) most = sum;
    }
    squares[draw] = square;
    greatest[draw] = most;
  }
  const rank95 = Math.ceil(0.95 * draws) - 1;
  const [square95, greatest95] = [squares, greatest].map((all) => all.toSorted()[rank95] ?? 0) as [
    number,
    number,
  ];
  // What is equal but for rounding is a tie.
  const share = (within: (square: number) => boolean) => (squares.filter(within).length + 1) / (draws + 1);
  return {
    floor: { jain: (mean ** 2 * workers) / square95, maxOverMean: greatest95 / mean },
    tails: (seen: number) => ({
      upper: share((square) => square >= seen * (1 - 1e-9)),
      lower: share((square) => square <= seen * (1 + 1e-9)),
    }),
  };
}

function effective(workers: number, connections: readonly Weighted[]) {
  const sum = connections.reduce((total, { count, weight }) => total + count * weight, 0);
  const squares = connections.reduce((total, { count, weight }) => total + count * weight ** 2, 0);
  const number = sum ** 2 / squares;
  const mean = Math.round(number) / workers;
  if (mean < 5) return undefined;
  const degreesOfFreedom = workers - 1;
  return {
    floor: {
      jain: 1 / (1 + jstat.chisquare.inv(0.95, degreesOfFreedom) / number),
      maxOverMean: binomialUpperQuantile(Math.round(number), 1 / workers, 0.05 / workers) / mean,
    },
    tails: (seen: number) => {
      const squaredVariation = (workers * seen) / sum ** 2 - 1;
      const lower = jstat.chisquare.cdf(Math.max(0, number * squaredVariation), degreesOfFreedom);
      return { upper: Math.max(0, 1 - lower), lower };
    },
  };
}
