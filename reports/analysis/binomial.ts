/**
 * Exact two-sided binomial p: the probability, under Binomial(n, probability), of every outcome no likelier than the
 * one seen (the method of minimum likelihood, as R's `binom.test`; outcomes within a relative 10⁻⁷ count as equally
 * likely). A p below about 10⁻³⁰⁰ underflows to 0. Takes O(√n) steps.
 *
 * Precondition: integers 0 ≤ successes ≤ n, 0 < probability < 1.
 */
export function binomialTwoSided(successes: number, n: number, probability: number): number {
  const { first, weights, sum } = relativeMasses(n, probability);
  const seen = weights[successes - first];
  if (seen === undefined) return 0;
  const limit = seen * (1 + 1e-7);
  let tail = 0;
  for (const weight of weights) if (weight <= limit) tail += weight;
  return Math.min(1, tail / sum);
}

/**
 * The smallest c with P(X > c) ≤ tail for X ~ Binomial(n, probability), exact.
 *
 * Precondition: integer n ≥ 0, 0 < probability < 1, 0 < tail < 1.
 */
export function binomialUpperQuantile(n: number, probability: number, tail: number): number {
  const { first, weights, sum } = relativeMasses(n, probability);
  let above = 0;
  let index = weights.length - 1;
  for (; index > 0; index--) {
    above += weights[index] ?? 0;
    if (above > tail * sum) break;
  }
  return first + index;
}

const smallest = 1e-300;

/**
 * The probability masses relative to the mode's, wherever they exceed 10⁻³⁰⁰. From the ratio of neighbours,
 * P(x+1)/P(x) = (n−x)/(x+1) · p/(1−p), and normalised by their sum, so that no factorial is needed and the rounding
 * error stays near (steps × 10⁻¹⁶) whatever n is.
 */
function relativeMasses(n: number, probability: number): { first: number; weights: number[]; sum: number } {
  const odds = probability / (1 - probability);
  const mode = Math.min(n, Math.floor((n + 1) * probability));
  const below: number[] = [];
  for (let x = mode, weight = 1; x > 0; x--) {
    weight *= x / ((n - x + 1) * odds);
    if (weight < smallest) break;
    below.push(weight);
  }
  const above: number[] = [];
  for (let x = mode, weight = 1; x < n; x++) {
    weight *= ((n - x) / (x + 1)) * odds;
    if (weight < smallest) break;
    above.push(weight);
  }
  const weights = [...below.reverse(), 1, ...above];
  return { first: mode - below.length, weights, sum: weights.reduce((total, weight) => total + weight, 0) };
}
