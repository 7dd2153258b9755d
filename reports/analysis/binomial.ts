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
  const least = Math.max(smallest, seen * 1e-20);
  let total = 1;
  let asRare = 0;
  for (let x = mode, mass = down(x); mass >= least; x--, mass *= down(x)) {
    total += mass;
    if (mass <= limit) asRare += mass;
  }
  for (let x = mode, mass = up(x); mass >= least; x++, mass *= up(x)) {
    total += mass;
    if (mass <= limit) asRare += mass;
  }
  return asRare / total;
}

const smallest = 1e-300;

/**
 * The smallest c with P(X > c) ≤ tail for X ~ Binomial(n, probability), exact.
 *
 * Precondition: integer n ≥ 0, 0 < probability < 1, 10⁻²⁰ < tail < 1.
 */
export function binomialUpperQuantile(n: number, probability: number, tail: number): number {
  const { mode, down, up } = ratios(n, probability);
  let total = 1;
  for (let x = mode, mass = down(x); mass >= negligible; x--, mass *= down(x)) total += mass;
  // Out to where no mass counts, and back.
  let c = mode;
  let mass = 1;
  for (let next = up(c); next >= negligible; next *= up(c)) {
    total += next;
    mass = next;
    c++;
  }
  for (let exceeding = mass; c > 0 && exceeding <= tail * total; exceeding += mass) {
    mass *= down(c);
    c--;
  }
  return c;
}

/** Beside the mode's mass. */
const negligible = 1e-30;

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
