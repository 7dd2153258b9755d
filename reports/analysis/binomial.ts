/**
 * Exact two-sided binomial p: the probability, under Binomial(n, probability), of every outcome no likelier than the
 * one seen (the method of minimum likelihood, as R's `binom.test`; outcomes within a relative 10⁻⁷ count as equally
 * likely). A p below about 10⁻³⁰⁰ underflows to 0. Takes O(√n) steps.
 *
 * Precondition: integers 0 ≤ successes ≤ n, 0 < probability < 1.
 */
export function binomialTwoSided(successes: number, n: number, probability: number): number {
  const { mode, down, up } = ratios(n, probability);
  let seen = 1;
  for (let x = mode; x > successes && seen >= smallest; x--) seen *= down(x);
  for (let x = mode; x < successes && seen >= smallest; x++) seen *= up(x);
  const limit = seen * (1 + 1e-7);
  if (limit >= 1) return 1;
  if (seen < smallest) return 0;
  // A mass that is smaller still adds nothing to these.
  const { below, above } = relativeMasses(n, probability, Math.max(smallest, seen * 1e-20));
  return (sum(below, limit) + sum(above, limit)) / (1 + sum(below) + sum(above));
}

const smallest = 1e-300;

/**
 * The smallest c with P(X > c) ≤ tail for X ~ Binomial(n, probability), exact.
 *
 * Precondition: integer n ≥ 0, 0 < probability < 1, 10⁻²⁰ < tail < 1.
 */
export function binomialUpperQuantile(n: number, probability: number, tail: number): number {
  const { mode, below, above } = relativeMasses(n, probability, 1e-30);
  const most = tail * (1 + sum(below) + sum(above));
  let exceeding = 0;
  let c = mode + above.length;
  for (; c > mode - below.length; c--) {
    exceeding += (c > mode ? above[c - mode - 1] : c === mode ? 1 : below[mode - c - 1]) ?? 0;
    if (exceeding > most) break;
  }
  return c;
}

/** Of what is at most `limit` among descending masses, the least first. */
function sum(masses: readonly number[], limit = Number.POSITIVE_INFINITY): number {
  let total = 0;
  for (let index = masses.length - 1; index >= 0; index--) {
    const mass = masses[index] as number;
    if (mass > limit) break;
    total += mass;
  }
  return total;
}

/** The probability masses relative to the mode's, from its neighbours outwards wherever they are at least `least`. */
function relativeMasses(n: number, probability: number, least: number) {
  const { mode, down, up } = ratios(n, probability);
  const below: number[] = [];
  for (let x = mode, mass = down(mode); mass >= least; x--, mass *= down(x)) below.push(mass);
  const above: number[] = [];
  for (let x = mode, mass = up(mode); mass >= least; x++, mass *= up(x)) above.push(mass);
  return { mode, below, above };
}

/**
 * P(x − 1)/P(x) = x/(n − x + 1) · (1 − p)/p and P(x + 1)/P(x) = (n − x)/(x + 1) · p/(1 − p): with these no factorial is needed,
 * and the rounding error stays near (steps × 10⁻¹⁶) whatever n is.
 */
function ratios(n: number, probability: number) {
  const odds = probability / (1 - probability);
  return {
    mode: Math.min(n, Math.floor((n + 1) * probability)),
    down: (x: number) => x / ((n - x + 1) * odds),
    up: (x: number) => ((n - x) / (x + 1)) * odds,
  };
}
