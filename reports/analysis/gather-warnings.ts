import type { TrialRecord, Warning } from '../../harness/record.js';
import type { Fairness } from './fairness-summary.js';
import { irregularTrials } from './irregular-trials.js';
import { severity } from './warnings.js';

/** A warning of a cell, worded by its worst occurrence; how often it occurred, and in how many trials. */
export type GatheredWarning = Warning & { times: number; trials: number };

/** One per code, over all trials, valid or not, in order of appearance. */
export function gatherWarnings(trials: readonly TrialRecord[]): GatheredWarning[] {
  const gathered = new Map<string, GatheredWarning>();
  for (const trial of trials) {
    const seen = new Set<string>();
    for (const warning of trial.warnings) {
      const { code } = warning;
      const before = gathered.get(code);
      const worst = before && severity(before) >= severity(warning) ? before : warning;
      gathered.set(code, {
        ...worst,
        code,
        times: (before?.times ?? 0) + 1,
        trials: (before?.trials ?? 0) + (seen.has(code) ? 0 : 1),
      });
      seen.add(code);
    }
  }
  return [...gathered.values()];
}

/**
 * What the summary itself has to confess: too few connections per worker for the χ² to see much, too few valid trials
 * for an interval, trials that are no sample of one steady thing.
 */
export function derivedWarnings(connections: Fairness, valid: readonly TrialRecord[]): GatheredWarning[] {
  const validTrials = valid.length;
  const warnings: GatheredWarning[] = [];
  const all = { times: validTrials, trials: validTrials };
  const { workers, total } = connections;
  if (workers && total && workers.median > 1 && total.median > 0) {
    const expected = total.median / workers.median;
    if (expected < 5) warnings.push({ code: 'few-connections', expected, ...all });
  }
  if (validTrials > 0 && validTrials < 6) warnings.push({ code: 'low-runs', validTrials, ...all });
  return [...warnings, ...irregularTrials(valid).map((warning) => ({ ...warning, times: warning.trials }))];
}
