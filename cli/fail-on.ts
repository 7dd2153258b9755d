import { type ExitCode, exitCode } from '../harness/errors.js';
import type { RunRecord, TrialRecord } from '../harness/record.js';

/** What `--fail-on` may name. */
export const failures = ['worse', 'threshold', 'invalid', 'inconclusive'] as const;
export type Failure = (typeof failures)[number];

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

/** A trial that failed is told whatever `--fail-on` says. */
export function exitCodesOfRun(
  { trials, thresholds = [] }: RunRecord,
  failOn?: readonly Failure[],
): ExitCode[] {
  return [
    ...(trials.some(failedToLaunch) ? [exitCode.trialFailed] : []),
    ...exitCodesFor(failOn, {
      threshold: thresholds.some(({ passed }) => !passed),
      invalid: trials.some((trial) => !trial.valid && !failedToLaunch(trial)),
    }),
  ];
}
