import type { Plan } from '../../../harness/record.js';
import type { ComparedMetric, Comparison } from './compare.js';

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

/** Every metric that decides has its verdict, and there is one. What no trial has will not come with more of them. */
export function isDecided(comparisons: readonly Comparison[]): boolean {
  const deciding = comparisons.flatMap(({ metrics }) => metrics).filter(({ gates }) => gates);
  const isOpen = ({ verdict, base, candidate }: ComparedMetric) =>
    verdict === 'inconclusive' && (base ?? candidate) !== null;
  return deciding.length > 0 && !deciding.some(isOpen);
}

/** How the metric stands that decides and has no verdict yet, or the last one: `p99 1.02× [0.91, 1.13]`. */
export function standingOf(comparisons: readonly Comparison[]): string | undefined {
  const deciding = comparisons
    .flatMap(({ metrics }) => metrics)
    .filter(({ gates, ratio }) => gates && ratio !== null);
  const shown = deciding.find(({ verdict }) => verdict === 'inconclusive') ?? deciding.at(-1);
  if (shown === undefined) return undefined;
  const two = (value: number) => value.toFixed(2);
  const interval = shown.interval ? ` [${two(shown.interval.low)}, ${two(shown.interval.high)}]` : '';
  return `${shown.metric.name} ${two(shown.ratio ?? 1)}×${interval}`;
}
