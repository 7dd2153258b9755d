import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { median } from 'simple-statistics';
import { once } from './once.js';
import { drawnOnce, simulatedP } from './simulated-p.js';
import { alpha, type TrialSeries } from './trial-series.js';

export interface Drift {
  /** Two-sided; reckoned when it is asked for; 1 where it is simulated and exceeds {@link alpha}. */
  readonly p: number;
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
  const slopes = points.flatMap((a, index) =>
    points.slice(index + 1).map((b) => (b.log - a.log) / (b.run - a.run)),
  );
  const [first, last] = [points[0]?.run ?? 0, points.at(-1)?.run ?? 0];
  return {
    ratio: Math.exp(median(slopes) * (last - first)),
    get p() {
      return orderP(midranks(points.map(({ log }) => log)));
    },
  };
}

const draws = 9999;

function orderP(ranks: readonly number[]): number {
  const n = ranks.length;
  // Ranks are multiples of ½.
  const seen = fromNoDrift(ranks, [...ranks.keys()]) - 1e-9;
  const sorted = ranks.toSorted((a, b) => a - b);
  const isHit = (order: readonly number[]) => fromNoDrift(sorted, order) >= seen;
  if (n > 8) {
    const orderOf = shuffledOrders(n);
    return simulatedP(draws, alpha, (draw) => isHit(orderOf(draw)));
  }
  const all = allOrders(n);
  return all.filter(isHit).length / all.length;
}

/** |Σ i·rᵢ − its mean| of the ranks in this order, which for given ranks is |ρ| but for scale. */
function fromNoDrift(ranks: readonly number[], order: readonly number[]): number {
  const middle = (ranks.length - 1) / 2;
  return Math.abs(order.reduce((sum, from, index) => sum + (index - middle) * (ranks[from] as number), 0));
}

const shuffledOrders = once((n: number) => {
  const random = xoroshiro128plus(n);
  const order = [...Array(n).keys()];
  return drawnOnce(() => {
    shuffle(order, (below) => uniformInt(random, 0, below - 1));
    return [...order];
  });
});

const allOrders = once((n: number) => [...permutations([...Array(n).keys()])]);

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
