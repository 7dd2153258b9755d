import type { Plan } from '../../../harness/record.js';
import type { Comparison } from './compare.js';

/** Of a wrong verdict among the metrics that decide, of a whole run. */
export const familyAlpha = 0.01;

/**
 * At which numbers of blocks a run is looked at, known before it begins: at the fewest, the most, and halfway by ratio. With a
 * fixed number of blocks only at its end.
 */
export function looksOf({ runs, fewestRuns }: Pick<Plan, 'runs' | 'fewestRuns'>): number[] {
  if (fewestRuns === null) return [runs];
  return [...new Set([fewestRuns, Math.round(Math.sqrt(fewestRuns * runs)), runs])];
}

/** Each look has an equal part, so that all of them together err no oftener than `familyAlpha` (Bonferroni). */
export function alphaOf(plan: Pick<Plan, 'runs' | 'fewestRuns'>): number {
  return familyAlpha / looksOf(plan).length;
}

/** There is a verdict on every metric that decides. Where one cannot be had at all, more trials will not bring it. */
export function isDecided(comparisons: readonly Comparison[]): boolean {
  return comparisons
    .flatMap(({ metrics }) => metrics)
    .every(
      ({ gates, verdict, base, candidate }) =>
        !gates || verdict !== 'inconclusive' || (base ?? candidate) === null,
    );
}
