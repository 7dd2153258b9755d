import { once } from './once.js';
import { fairDraw, type RandomFloor, type Tails } from './random-draw.js';

export type Verdict = 'more-even' | 'random-like' | 'skewed';

/** `Figure` is a number for one trial, a spread over trials for a cell. Null = undefined for these counts. */
export interface FairnessFigures<Figure> {
  workers: Figure;
  total: Figure;
  /** (Σx)² / (k Σx²): 1 when even, 1/k when one worker got everything. Jain, Chiu, Hawe, DEC TR-301 (1984). */
  jain: Figure | null;
  /** k · Jain: how many evenly used workers would be as uneven as these. */
  effectiveWorkers: Figure | null;
  /** Population standard deviation ÷ mean; Jain = 1/(1 + CV²). */
  coefficientOfVariation: Figure | null;
  /** Σ(2i − k − 1)x₍ᵢ₎ / (kN), i = 1…k ascending: 0 when even, 1 − 1/k at most. */
  gini: Figure | null;
  /** (1/k) Σ (x/m) ln(x/m), 0 · ln 0 = 0: 0 when even, ln k at most. Theil (1967). */
  theil: Figure | null;
  maxOverMean: Figure | null;
  idleWorkers: Figure;
  /** Σ(x − m)²/m = N · CV². */
  chiSquare: Figure | null;
  /** k − 1. */
  degreesOfFreedom: Figure | null;
  /** ≪ 1 round robin, ≈ 1 hash or random, ≫ 1 skew. */
  chiSquarePerDf: Figure | null;
  /** P(as uneven as seen, or more) under the fair random draw: small = more uneven than random. */
  pUpper: Figure | null;
  /** P(as even as seen, or more): small = too even for random. */
  pLower: Figure | null;
  randomFloor: { jain: Figure | null; maxOverMean: Figure | null };
}

export interface TrialFairness extends FairnessFigures<number> {
  randomFloor: RandomFloor;
  verdict: Verdict | null;
}

/** Of each tail; the two together make a false verdict one in a hundred fair draws. */
const alphaPerTail = 0.005;

/**
 * How evenly `counts` of independent things (connections) fell on the workers, beside what chance alone would do.
 *
 * The verdict is two-sided at α = .01 in total, .005 per tail: `more-even` when pLower < .005, `skewed` when
 * pUpper < .005, else `random-like`. Null for fewer than two workers and for no counts at all.
 *
 * Precondition: one whole number ≥ 0 per slot, idle slots as zeros, so that k is the configured number of workers.
 * Throws RangeError otherwise. {@link fairDraw} says where the p come from.
 */
export function fairness(counts: readonly number[]): TrialFairness {
  if (!counts.every(Number.isSafeInteger)) throw new RangeError(`counts must be whole numbers: ${counts}`);
  return reckoned(...counts);
}

/** Once for each trial: it is asked for by the summary and by comparisons. */
const reckoned = once((...counts: number[]): TrialFairness => {
  const figures = indices(counts);
  const { workers, total } = figures;
  if (workers < 2 || total === 0) return figures;

  const mean = total / workers;
  const chiSquare = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / mean;
  const draw = fairDraw(workers, total);
  const tails = draw.tails(counts.reduce((sum, count) => sum + count ** 2, 0));
  return {
    ...figures,
    chiSquare,
    degreesOfFreedom: workers - 1,
    chiSquarePerDf: chiSquare / (workers - 1),
    pUpper: tails.upper,
    pLower: tails.lower,
    randomFloor: draw.floor,
    verdict: verdictOf(tails),
  };
});

/** `more-even` when lower < .005, `skewed` when upper < .005, else `random-like`. */
export function verdictOf({ upper, lower }: Tails): Verdict {
  if (lower < alphaPerTail) return 'more-even';
  return upper < alphaPerTail ? 'skewed' : 'random-like';
}

/**
 * The indices alone, for amounts that no independent draw gave out: requests stay together on their connection
 * (request-fairness.ts has their null), CPU seconds are not counts. χ², its p, the random floor and the verdict are null.
 *
 * Precondition: one finite number ≥ 0 per slot, at least one slot. Throws RangeError otherwise.
 */
export function indices(amounts: readonly number[]): TrialFairness {
  if (amounts.length === 0 || !amounts.every((amount) => Number.isFinite(amount) && amount >= 0)) {
    throw new RangeError(`one finite amount ≥ 0 per worker, not [${amounts}]`);
  }
  const workers = amounts.length;
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return {
    workers,
    total,
    ...(total === 0 ? noIndices : definedIndices(amounts, total)),
    idleWorkers: amounts.filter((amount) => amount === 0).length,
    chiSquare: null,
    degreesOfFreedom: null,
    chiSquarePerDf: null,
    pUpper: null,
    pLower: null,
    randomFloor: { jain: null, maxOverMean: null },
    verdict: null,
  };
}

const noIndices = {
  jain: null,
  effectiveWorkers: null,
  coefficientOfVariation: null,
  gini: null,
  theil: null,
  maxOverMean: null,
};

function definedIndices(amounts: readonly number[], total: number) {
  const workers = amounts.length;
  const shares = sharesOf(amounts, total);
  const variance = varianceOf(shares);
  const jain = 1 / (1 + variance);
  return {
    jain,
    effectiveWorkers: workers * jain,
    coefficientOfVariation: Math.sqrt(variance),
    gini:
      shares.reduce((sum, share, index) => sum + ((2 * index + 1 - workers) * share) / workers, 0) / workers,
    theil: shares.reduce((sum, share) => sum + (share === 0 ? 0 : share * Math.log(share)), 0) / workers,
    maxOverMean: shares[workers - 1] ?? null,
  };
}

/**
 * Jain's index alone; null where nothing was given out. Of whole numbers it is the same in whatever order they stand, as no sum is
 * rounded.
 */
export function jainOf(amounts: readonly number[]): number | null {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return null;
  return total ** 2 / (amounts.length * amounts.reduce((sum, amount) => sum + amount ** 2, 0));
}

/** Each amount over the mean, ascending. */
function sharesOf(amounts: readonly number[], total: number): Float64Array {
  return new Float64Array(amounts).map((amount) => (amount * amounts.length) / total).sort();
}

function varianceOf(shares: Float64Array): number {
  return shares.reduce((sum, share) => sum + (share - 1) ** 2, 0) / shares.length;
}
