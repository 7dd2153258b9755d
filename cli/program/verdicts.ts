import { type ExitCode, exitCode, strongestExitCode } from '../../harness/errors.js';
import type { Plan, RunRecord, ThresholdRecord } from '../../harness/record.js';
import { summarize } from '../../reports/analysis/summary.js';
import { judgeThresholds, type Threshold } from '../../reports/analysis/thresholds.js';
import { exitCodesFor, exitCodesOfRun, verdictsIn } from '../fail-on.js';
import { policyAliases } from '../flags/compare.js';
import type { Failure } from '../flags/gates.js';
import { threshold, thresholdsFor } from '../thresholds.js';
import type { RunComparison } from './compare.js';

/** @throws BenchError exit code 2 for what is no threshold, or names a policy that the plan does not have */
export function thresholdsOf(texts: readonly string[], plan: Plan): Threshold[] {
  const parse = threshold(policyAliases);
  return thresholdsFor(
    texts.map((text) => parse(text, 'threshold')),
    plan,
  );
}

/**
 * Hold thresholds, as `--threshold` takes them (`p99<20ms`, `shared:throughput>5000`), against a run: each against every cell
 * that it is for. `{...run, thresholds}` is a record that tells of them.
 * @throws BenchError exit code 2 for what is no threshold, or names a policy that the run does not have
 */
export function judge(run: RunRecord, thresholds: readonly string[]): ThresholdRecord[] {
  return judgeThresholds(thresholdsOf(thresholds, run.plan), summarize(run));
}

/**
 * What `bench` would exit with: 0, 1 where a server could not be started, 97, 98, 99, and 130 of a run that was interrupted.
 * @param failOn as `--fail-on`: `worse`, `threshold` and `invalid` unless it says otherwise
 */
export function exitCodeOf(found: RunRecord | RunComparison, failOn?: readonly Failure[]): ExitCode {
  if (!('trials' in found)) return strongestExitCode(exitCodesFor(failOn, verdictsIn(found.comparisons)));
  const ended = found.interrupted ? [exitCode.interrupted] : [];
  return strongestExitCode([...ended, ...exitCodesOfRun(found, failOn)]);
}
