import type { TrialRecord, Warning } from '../../harness/record.js';
import { bimodal } from './bimodal.js';
import { drift } from './drift.js';
import { type Outlier, outlierP, outliers } from './outliers.js';
import { slowFirstTrial } from './slow-first-trial.js';
import { alpha, type TrialSeries, trialSeries } from './trial-series.js';

/** What differs by less is of no consequence. */
const smallest = Math.log(1.05);

/** Every outlier by the rule of the modified z, whether or not it is worth a warning. */
export function flaggedOutliers(valid: readonly TrialRecord[]): Outlier[] {
  return trialSeries(valid).flatMap(outliers);
}

/**
 * How a cell's trials are no sample of one steady thing: at most one warning per code, that of the metric which shows it
 * most surely. Each is false in ≤ 1 % of cells whose trials are independent and log-normal (drift: alike in any way;
 * bimodal: with any one mode).
 */
export function irregularTrials(valid: readonly TrialRecord[]): (Warning & { trials: number })[] {
  const series = trialSeries(valid);
  return [outlierOf, slowFirstOf, driftOf, bimodalOf].flatMap((find) => {
    const found = series
      .flatMap((each) => find(each) ?? [])
      .filter(({ p }) => p <= alpha)
      .sort((a, b) => a.p - b.p);
    return found.slice(0, 1).map(({ p: _, ...warning }) => warning);
  });
}

type Found = (Warning & { trials: number; p: number }) | undefined;

function outlierOf(series: TrialSeries): Found {
  const far = outliers(series).filter(({ ratio }) => matters(ratio));
  const [worst] = far;
  if (worst === undefined) return undefined;
  const n = series.points.length;
  const p = outlierP(worst.modifiedZ, n);
  const trials = far.filter((each) => outlierP(each.modifiedZ, n) <= alpha).length;
  return { code: 'outlier-trial', ...worst, trials, p };
}

function slowFirstOf(series: TrialSeries): Found {
  const found = slowFirstTrial(series);
  return found && matters(found.ratio)
    ? { code: 'slow-first-trial', metric: series.metric, ...found, trials: 1 }
    : undefined;
}

function driftOf(series: TrialSeries): Found {
  const found = drift(series);
  return found && matters(found.ratio)
    ? { code: 'drift', metric: series.metric, ...found, trials: series.points.length }
    : undefined;
}

function bimodalOf(series: TrialSeries): Found {
  const found = bimodal(series);
  if (found === undefined || !matters(found.high.value / found.low.value)) return undefined;
  return { code: 'bimodal', metric: series.metric, ...found, trials: series.points.length };
}

function matters(ratio: number): boolean {
  return Math.abs(Math.log(ratio)) >= smallest;
}
