import { cumulative, type Shift, shiftOf } from './shift.js';

/**
 * By how much pairs differ, from the signed ranks of their differences (Wilcoxon 1945): W⁺ is the number of Walsh averages
 * (dᵢ + dⱼ)/2, i ≤ j, above 0 (Tukey 1949), and under no shift each rank 1…n is in it with probability ½, independently.
 * Null without a difference.
 *
 * Precondition: finite differences, from a distribution that is symmetric about the shift.
 */
export function pairedShift(differences: readonly number[]): Shift | null {
  const n = differences.length;
  if (n === 0) return null;
  const walsh = new Float64Array((n * (n + 1)) / 2);
  let at = 0;
  for (const [index, one] of differences.entries())
    for (const other of differences.slice(index)) walsh[at++] = (one + other) / 2;
  return shiftOf(walsh, signedRankAtMost(n));
}

const known = new Map<number, (count: number) => number>();

/** P(W⁺ ≤ w) for n pairs, exact: as R's `psignrank`. Takes O(n³) steps, once for each n. */
export function signedRankAtMost(n: number): (count: number) => number {
  const atMost = known.get(n) ?? countSubsets(n);
  known.set(n, atMost);
  return atMost;
}

function countSubsets(n: number): (count: number) => number {
  const weights = new Float64Array((n * (n + 1)) / 2 + 1);
  weights[0] = 1;
  for (let rank = 1, most = 0; rank <= n; rank += 1) {
    most += rank;
    // Halved at every step, so that no sum of 2ⁿ ways overflows.
    for (let sum = most; sum >= 0; sum -= 1)
      weights[sum] = ((weights[sum] ?? 0) + (sum >= rank ? (weights[sum - rank] ?? 0) : 0)) / 2;
  }
  return cumulative(weights);
}
