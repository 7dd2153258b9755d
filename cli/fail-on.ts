import { type ExitCode, exitCode } from '../harness/errors.js';
import type { RunRecord, TrialRecord } from '../harness/record.js';
import type { Comparison } from '../reports/analysis/comparison/compare.js';
import type { ChangeVerdict } from '../reports/analysis/comparison/judge.js';
import { compareRun } from '../reports/analysis/comparison/of-run.js';
import type { Failure } from './flags/gates.js';

const failsOnByDefault: readonly Failure[] = ['worse', 'threshold', 'invalid'];

const codes: Record<Failure, ExitCode> = {
  worse: exitCode.threshold,
  threshold: exitCode.threshold,
  invalid: exitCode.invalid,
  inconclusive: exitCode.inconclusive,
};

/**
 * The exit codes of what a verb has found out about its measurements, as far as `--fail-on` asks for them; undefined is
 * its default.
 */
export function exitCodesFor(
  failOn: readonly Failure[] = failsOnByDefault,
  found: Partial<Record<Failure, boolean>>,
): ExitCode[] {
  return failOn.filter((failure) => found[failure]).map((failure) => codes[failure]);
}

/** Errors of a trial whose server could not be started, as against one that was measured and is not to be believed. */
const launchFailures = new Set(['app-failed', 'spawn-failed', 'client-failed']);

export function failedToLaunch({ error }: TrialRecord): boolean {
  return error !== undefined && launchFailures.has(error.code);
}

/** What deciding metrics have come to. */
export function verdictsIn(comparisons: readonly Comparison[]) {
  const deciding = comparisons.flatMap(({ metrics }) => metrics.filter(({ gates }) => gates));
  const has = (verdict: ChangeVerdict) => deciding.some((metric) => metric.verdict === verdict);
  return {
    worse: has('worse'),
    inconclusive: has('inconclusive'),
    invalid: comparisons.some(({ problem }) => problem !== null),
  };
}

/** A trial that failed is told whatever `--fail-on` says; policies beside each other are compared, not judged. */
export function exitCodesOfRun(run: RunRecord, failOn?: readonly Failure[]): ExitCode[] {
  const { trials, thresholds = [], plan } = run;
  const verdicts = verdictsIn(plan.sides === null ? [] : compareRun(run));
  const isInvalid = trials.some((trial) => !trial.valid && !failedToLaunch(trial));
  return [
    ...(trials.some(failedToLaunch) ? [exitCode.trialFailed] : []),
    ...exitCodesFor(failOn, {
      ...verdicts,
      threshold: thresholds.some(({ passed }) => !passed),
      invalid: isInvalid || verdicts.invalid,
    }),
  ];
}
