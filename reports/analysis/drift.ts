import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { median } from 'simple-statistics';
import { once } from './once.js';
import type { TrialSeries } from './trial-series.js';

export interface Drift {
  /** Two-sided. */
  p: number;
  /** Last ÷ first, along the median slope between two trials (Theil–Sen). */
  ratio: number;
}

/**
 * Whether values rise or fall with the order of the trials: Spearman's ρ, whose p is the share of the orders with as
 * great a |ρ|: of all n! up to eight trials, else (hits + 1)/(draws + 1) of 9,999 seeded ones. Ties share their ranks.
 *
 * Source: Conover, Practical Nonparametric Statistics (1999), 5.4; Sen, JASA 63 (1968).
 * Undefined for fewer than six values: five cannot have a p below .01.
 */
export function drift({ points }: TrialSeries): Drift | undefined {
  if (points.length < 6) return undefined;
  const logs = points.map(({ log }) => log);
  const slopes = points.flatMap((a, index) =>
    points.slice(index + 1).map((b) => (b.log - a.log) / (b.run - a.run)),
  );
  const [first, last] = [points[0]?.run ?? 0, points.at(-1)?.run ?? 0];
  return { p: orderP(midranks(logs)), ratio: Math.exp(median(slopes) * (last - first)) };
}

function orderP(ranks: readonly number[]): number {
  const { apart, exact } = ofOtherOrders(...ranks.toSorted((a, b) => a - b));
  // Ranks are multiples of ½.
  const hits = apart.filter((each) => each >= fromNoDrift(ranks) - 1e-9).length;
  return exact ? hits / apart.length : (hits + 1) / (apart.length + 1);
}

const ofOtherOrders = once((...ranks: number[]): { apart: Float64Array; exact: boolean } => {
  if (ranks.length <= 8) return { apart: Float64Array.from(permutations(ranks), fromNoDrift), exact: true };
  const random = xoroshiro128plus(ranks.length);
  const apart = new Float64Array(9999).map(() => {
    shuffle(ranks, (below) => uniformInt(random, 0, below - 1));
    return fromNoDrift(ranks);
  });
  return { apart, exact: false };
});

/** |Σ i·rᵢ − its mean|, which for given ranks is |ρ| but for scale. */
function fromNoDrift(ranks: readonly number[]): number {
  const middle = (ranks.length - 1) / 2;
  return Math.abs(ranks.reduce((sum, rank, index) => sum + (index - middle) * rank, 0));
}

/** 1…n, ties sharing the mean of theirs. */
function midranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function* permutations(values: readonly number[]): Generator<number[]> {
  if (values.length === 0) yield [];
  for (const [index, value] of values.entries()) {
    for (const rest of permutations(values.toSpliced(index, 1))) yield [value, ...rest];
  }
}

/** Fisher–Yates. */
function shuffle(values: number[], below: (n: number) => number): void {
  for (let index = values.length - 1; index > 0; index--) {
    const other = below(index + 1);
    [values[index], values[other]] = [values[other] as number, values[index] as number];
  }
}
