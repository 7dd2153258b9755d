import { median } from 'simple-statistics';
import { binomialUpperQuantile } from './binomial.js';

/** A figure over the valid trials of a cell. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** Null values are left out; null when nothing is left. */
export function spread(values: readonly (number | null | undefined)[]): Spread | null {
  const numbers = values.filter((value) => value !== null && value !== undefined);
  if (numbers.length === 0) return null;
  const sorted = new Float64Array(numbers).sort();
  return { median: middle(sorted), min: sorted[0] as number, max: sorted.at(-1) as number };
}

/** The median of ascending values, at least one. */
export function middle(sorted: Float64Array): number {
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

export interface MedianInterval {
  median: number | null;
  /** Null below 6 values, where even the whole range covers the median with less than 95 %. */
  low: number | null;
  high: number | null;
}

/**
 * The sample median with its narrowest symmetric order-statistic interval of at least 95 %: from the r-th smallest to
 * the r-th largest value, for the largest r with 1 − 2·P(Binomial(n, ½) ≤ r − 1) ≥ 0.95. It assumes no distribution.
 * At six values it is the whole range (96.9 %).
 *
 * Source: Conover, Practical Nonparametric Statistics (1999), 3.2.
 */
export function medianInterval(values: readonly number[]): MedianInterval {
  if (values.length === 0) return { median: null, low: null, high: null };
  const sorted = values.toSorted((a, b) => a - b);
  const rank = intervalRank(sorted.length);
  return {
    median: median(sorted),
    low: sorted[rank - 1] ?? null,
    high: rank === 0 ? null : (sorted[sorted.length - rank] ?? null),
  };
}

/** The largest r with 2·P(Binomial(n, ½) ≤ r − 1) ≤ 0.05, or 0: by symmetry, one more than those above its 97.5 % quantile. */
function intervalRank(n: number): number {
  return n - binomialUpperQuantile(n, 0.5, 0.025);
}
