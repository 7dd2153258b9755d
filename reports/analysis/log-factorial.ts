import { gammaln } from 'simple-statistics';

/** ln n! for an integer n ≥ 0. */
export function logFactorial(n: number): number {
  return n < 2 ? 0 : gammaln(n + 1);
}
