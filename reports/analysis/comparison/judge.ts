import { probit, sampleStandardDeviation } from 'simple-statistics';
import type { Shift } from './shift.js';

/** Of a candidate beside its base: `inconclusive` is neither, and more trials would tell. */
export type ChangeVerdict = 'better' | 'worse' | 'same' | 'inconclusive';

/** Both in ln of the ratio of candidate to base. */
export interface Difference {
  shift: Shift | null;
  /** Of one pair, or of what stands for it; null where there are too few. */
  sd: number | null;
  /** Pairs, or trials of the smaller side. */
  n: number;
}

/**
 * `better` or `worse` only if the interval excludes no change and the estimate is greater than `floor`; `same` only if the
 * interval lies within ± `floor`. `isGood` says whether a greater figure is better. Without an interval: inconclusive.
 */
export function judge(
  shift: Shift | null,
  { level, floor, isGood }: { level: number; floor: number; isGood: boolean },
): ChangeVerdict {
  const interval = shift?.interval(level);
  if (!shift || !interval) return 'inconclusive';
  const { low, high } = interval;
  if (low >= -floor && high <= floor) return 'same';
  if ((low > 0 || high < 0) && Math.abs(shift.estimate) > floor)
    return shift.estimate > 0 === isGood ? 'better' : 'worse';
  return 'inconclusive';
}

/** 90 %. */
const zOfPower = 1.2815515655446004;
/** Nearer to the floor than this part of it, no number of trials is named: it would have no end. */
const nearest = 1 / 8;

/**
 * How many pairs more it takes, about, for a verdict in nine runs of ten, if the true change is the one seen: to tell it from
 * none where it exceeds the floor, otherwise to tell it from the floor. n = ((z₁₋level/₂ + z.₉)·sd/δ)² · π/3, π/3 for ranks in place of means
 * (Pitman efficiency of normal differences). Null where there is a verdict, no estimate, or no difference to tell.
 *
 * Source: Noether, JASA 82 (1987).
 */
export function furtherPairs(
  { shift, sd, n }: Difference,
  { level, floor, verdict }: { level: number; floor: number; verdict: ChangeVerdict },
): number | null {
  if (verdict !== 'inconclusive' || shift === null || sd === null) return null;
  const change = Math.abs(shift.estimate);
  const delta = change > floor ? change : Math.max(floor - change, floor * nearest);
  if (delta === 0) return null;
  const needed = Math.max(
    fewestPairs(level),
    Math.ceil((((probit(1 - level / 2) + zOfPower) * sd) / delta) ** 2 * (Math.PI / 3)),
  );
  return Math.max(1, needed - n);
}

/** The smallest n at which n pairs of one sign are rejected at all: 2·½ⁿ ≤ level. */
export function fewestPairs(level: number): number {
  return Math.ceil(1 - Math.log2(level));
}

/** Of the differences of pairs. */
export function sdOf(differences: readonly number[]): number | null {
  return differences.length < 2 ? null : sampleStandardDeviation([...differences]);
}
