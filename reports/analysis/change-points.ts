import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface ChangePoint {
  /** Index of the first value after the change. */
  at: number;
  /** Of the permutation test, at least 1/({@link permutations} + 1). */
  p: number;
}

/** Values between two change points, at least. Two would let a pair of outliers pass for a level. */
export const shortestSegment = 3;
export const permutations = 999;
export const significance = 0.01;

/**
 * With fewer values than this no p can be as small as {@link significance}: of 10 values that form two groups of five, 2
 * of C(10, 5) = 252 orders keep the groups apart (p 0.008); of 9, with a group of four, 2 of 126 do (p 0.016).
 */
export const fewestValues = 10;

/**
 * Where the distribution of a series changes, by E-divisive with α = 1. Between the neighbours X = zₛ…z₍τ₋₁₎ (n values) and
 * Y = z_τ…z₍κ₋₁₎ (m values) of one segment lies the energy distance
 *
 *     Q = nm/(n + m) · (2/(nm) Σ|xᵢ − yⱼ| − 2/(n(n − 1)) Σ|xᵢ − xₖ| − 2/(m(m − 1)) Σ|yⱼ − yₖ|)
 *
 * (the last two over pairs i < k). The τ with the greatest Q of all segments, over every κ, is a change point if its p is at
 * most {@link significance}: (1 + permutations whose greatest Q is no less)/(1 + permutations), where values are permuted within
 * their segments. Then its segment is two, and the search goes on until no change point is found.
 *
 * Each test is gated by the one before and takes all segments at once, so a series without any change shows one with a
 * probability of at most {@link significance}, however long it is. Several series are several chances.
 *
 * Preconditions: finite values that are exchangeable while nothing changes. A drift is none: it shows as a step or several.
 * Deterministic: the same values and seed give the same change points.
 *
 * Source: Matteson & James, "A nonparametric approach for multiple change point analysis of multivariate data", JASA 109(505),
 * 2014; on benchmark results: Daly et al., "The use of change point detection to identify software
 * performance regressions in a continuous integration system", ICPE 2020.
 */
export function findChangePoints(values: readonly number[], seed: number): ChangePoint[] {
  if (values.length < fewestValues) return [];
  const random = xoroshiro128plus(seed);
  const found: ChangePoint[] = [];
  for (;;) {
    const bounds = [0, ...found.map(({ at }) => at), values.length];
    const best = strongestSplit(values, bounds);
    const p = best === undefined ? 1 : permutationTest(values, bounds, best.q, random);
    if (best === undefined || p > significance) return found;
    found.push({ at: best.at, p });
    found.sort((a, b) => a.at - b.at);
  }
}

export interface Split {
  at: number;
  q: number;
}

/** The greatest Q within the segments that `bounds` (0, …, length) make; undefined when all are too short to be two. */
export function strongestSplit(values: readonly number[], bounds: readonly number[]): Split | undefined {
  let best: Split | undefined;
  for (let index = 1; index < bounds.length; index += 1) {
    const split = splitOf(values, bounds[index - 1] ?? 0, bounds[index] ?? 0);
    if (split !== undefined && (best === undefined || split.q > best.q)) best = split;
  }
  return best;
}

/** In O(length²): a distance sum grows by one value at a time, and what lies between X and Y is what their union adds. */
function splitOf(values: readonly number[], from: number, to: number): Split | undefined {
  const length = to - from;
  if (length < 2 * shortestSegment) return undefined;
  const z = values.slice(from, to);
  const whole = distancesFromStart(z);
  let best: Split = { at: from, q: Number.NEGATIVE_INFINITY };
  // Of each value: its distances to those from `tau` on, up to itself.
  const toEarlier = new Float64Array(length);
  for (let tau = length - 1; tau >= shortestSegment; tau -= 1) {
    let within = 0;
    for (let last = tau + 1; last < length; last += 1) {
      const added = (toEarlier[last] ?? 0) + Math.abs((z[last] ?? 0) - (z[tau] ?? 0));
      toEarlier[last] = added;
      within += added;
      const n = tau;
      const m = last + 1 - tau;
      if (m < shortestSegment) continue;
      const withinX = whole[n] ?? 0;
      const between = (whole[n + m] ?? 0) - withinX - within;
      const energy = (2 * between) / (n * m) - (2 * withinX) / (n * (n - 1)) - (2 * within) / (m * (m - 1));
      const q = ((n * m) / (n + m)) * energy;
      if (q > best.q) best = { at: from + tau, q };
    }
  }
  return best;
}

/** Σ|zᵢ − zₖ| over all pairs of the first 0, 1, … values. */
function distancesFromStart(z: readonly number[]): Float64Array {
  const sums = new Float64Array(z.length + 1);
  z.forEach((value, index) => {
    let added = 0;
    for (let earlier = 0; earlier < index; earlier += 1) added += Math.abs(value - (z[earlier] ?? 0));
    sums[index + 1] = (sums[index] ?? 0) + added;
  });
  return sums;
}

type Random = ReturnType<typeof xoroshiro128plus>;

/** Ends early, with 1, once p can only exceed {@link significance}. */
function permutationTest(
  values: readonly number[],
  bounds: readonly number[],
  q: number,
  random: Random,
): number {
  const shuffled = [...values];
  // Sums in another order differ in their last digits.
  const least = q - 1e-9 * Math.abs(q);
  let reached = 1;
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    for (let index = 1; index < bounds.length; index += 1)
      shuffle(shuffled, bounds[index - 1] ?? 0, bounds[index] ?? 0, random);
    if ((strongestSplit(shuffled, bounds)?.q ?? 0) >= least) reached += 1;
    if (reached > significance * (permutations + 1)) return 1;
  }
  return reached / (permutations + 1);
}

/** Fisher and Yates, in place, from `from` up to `to`. */
function shuffle(values: number[], from: number, to: number, random: Random): void {
  for (let last = to - 1; last > from; last -= 1) {
    const other = uniformInt(random, from, last);
    [values[last], values[other]] = [values[other] ?? 0, values[last] ?? 0];
  }
}
