import { cumulative, type Shift, shiftOf } from './shift.js';

/**
 * By how much `other` lies above `one`, two independent samples, from the differences of all their pairs (Mann & Whitney 1947):
 * U is the number of differences above 0. Null where a sample is empty.
 *
 * Precondition: finite values, from distributions of one shape.
 */
export function unpairedShift(one: readonly number[], other: readonly number[]): Shift | null {
  if (one.length === 0 || other.length === 0) return null;
  const differences = new Float64Array(one.length * other.length);
  let at = 0;
  for (const high of other) for (const low of one) differences[at++] = high - low;
  return shiftOf(differences, rankSumAtMost(one.length, other.length));
}

/**
 * P(U ≤ u) for samples of m and n, exact: as R's `pwilcox`. The ways to get u are the coefficients of the Gaussian binomial
 * ∏ᵢ (1 − xⁿ⁺ⁱ)/(1 − xⁱ), i = 1…m; the upper half mirrors the lower.
 */
export function rankSumAtMost(m: number, n: number): (count: number) => number {
  const weights = new Float64Array(m * n + 1);
  const half = Math.floor((m * n) / 2);
  weights[0] = 1;
  for (let i = 1; i <= m; i += 1) {
    for (let u = half; u >= n + i; u -= 1) weights[u] = (weights[u] ?? 0) - (weights[u - n - i] ?? 0);
    for (let u = i; u <= half; u += 1) weights[u] = (weights[u] ?? 0) + (weights[u - i] ?? 0);
  }
  for (let u = half + 1; u <= m * n; u += 1) weights[u] = weights[m * n - u] ?? 0;
  return cumulative(weights);
}
