import jstat from 'jstat';
import { binomialUpperQuantile } from './binomial.js';
import { chiSquare95, type RandomFloor, type Tails } from './random-draw.js';
import { mostConnections, thrownSums } from './thrown-sums.js';
import { withRank } from './with-rank.js';

/** So many connections that carry `weight` each. */
export interface Weighted {
  count: number;
  weight: number;
}

/**
 * The null hypothesis for connections of unequal weight that each pick one of `workers` at random, independently and
 * evenly, and take their weight with them.
 *
 * Up to 2,000 connections it is simulated ({@link thrownSums} says how surely), and a p is (hits + 1)/(draws + 1). Beyond
 * that nₑ = (Σw)²/Σw² connections of equal weight stand for them (Kish's effective number): nₑ·CV² of the workers' sums
 * has the mean k − 1, and the distribution of χ² with k − 1 degrees of freedom as long as no connection weighs much;
 * max/mean is that of round(nₑ) connections. Undefined where nₑ/k < 5.
 *
 * Source: Kish, Survey Sampling (1965), 11.7; Davison & Hinkley, Bootstrap Methods (1997), 4.2 for the +1.
 * Precondition: integers workers ≥ 2 and count ≥ 1, weight > 0, at least one connection.
 */
export function weightedDraw(
  workers: number,
  connections: readonly Weighted[],
): { floor: RandomFloor; tails: (sumOfSquares: number) => Tails } | undefined {
  const count = connections.reduce((sum, each) => sum + each.count, 0);
  return count <= mostConnections ? simulated(workers, connections) : effective(workers, connections);
}

function simulated(workers: number, connections: readonly Weighted[]) {
  const weights = new Float64Array(connections.reduce((sum, { count }) => sum + count, 0));
  let filled = 0;
  for (const { count, weight } of connections) {
    weights.fill(weight, filled, filled + count);
    filled += count;
  }
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / workers;
  const { squares, greatest } = thrownSums(weights, workers);
  const draws = squares.length;
  const rank95 = Math.ceil(0.95 * draws) - 1;
  return {
    floor: {
      jain: (mean ** 2 * workers) / withRank(squares, rank95),
      maxOverMean: withRank(greatest, rank95) / mean,
    },
    tails: (seen: number) => {
      // What is equal but for rounding is a tie.
      const [least, most] = [seen * (1 - 1e-9), seen * (1 + 1e-9)];
      let [upper, lower] = [1, 1];
      for (let draw = 0; draw < draws; draw += 1) {
        const square = squares[draw] as number;
        if (square >= least) upper += 1;
        if (square <= most) lower += 1;
      }
      return { upper: upper / (draws + 1), lower: lower / (draws + 1) };
    },
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
      jain: 1 / (1 + chiSquare95(degreesOfFreedom) / number),
      maxOverMean: binomialUpperQuantile(Math.round(number), 1 / workers, 0.05 / workers) / mean,
    },
    tails: (seen: number) => {
      const squaredVariation = (workers * seen) / sum ** 2 - 1;
      const lower = jstat.chisquare.cdf(Math.max(0, number * squaredVariation), degreesOfFreedom);
      return { upper: Math.max(0, 1 - lower), lower };
    },
  };
}
