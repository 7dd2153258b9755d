import { encodeRun } from '../harness/encode.js';
import { type ExitCode, exitCode } from '../harness/errors.js';
import type { Plan, RunRecord, TrialRecord } from '../harness/record.js';
import { type RunOutcome, runPlan } from '../harness/run.js';
import type { TrialSpec } from '../harness/trial.js';
import { compareRun } from '../reports/analysis/comparison/of-run.js';
import { isDecided, looksOf } from '../reports/analysis/comparison/stopping.js';
import { connectionWorkloads, summarize } from '../reports/analysis/summary.js';
import { renderTerminal } from '../reports/render/terminal.js';
import { verdictCodes } from './compare.js';
import { interruptibleWork } from './interruptible-work.js';
import type { Options } from './options.js';
import { defaultOutput, surroundings, toAbPlan, toPlan } from './plan.js';
import { appearance, print } from './print.js';
import type { Progress } from './progress.js';

/** Errors of a trial whose server could not be started, as against one that was measured and is not to be believed. */
const launchFailures = new Set(['app-failed', 'spawn-failed', 'client-failed']);

/** `bench [app]`: run the plan, print the report, keep the record. */
export function runVerb(options: Options): Promise<number> {
  return runAndTell(toPlan(options, surroundings()), options);
}

/** `bench ab`: the same of two servers, which are compared. */
export function abVerb(options: Options): Promise<number> {
  return runAndTell(toAbPlan(options, surroundings()), options);
}

function runAndTell(plan: Plan, options: Options): Promise<number> {
  return interruptibleWork(options, async ({ progress, signal }) => {
    const outcome = await runPlan(plan, {
      command: ['bench', ...process.argv.slice(2)],
      output: options.output ?? defaultOutput(new Date()),
      outputMayDiffer: options.output === undefined,
      signal,
      summarize,
      isEnough: (run, block) => looksOf(plan).includes(block) && isDecided(compareRun(run)),
      ...eventsTo(progress, plan.warmupSeconds + (plan.durationSeconds ?? 1)),
    });
    progress.stop();
    await tell(outcome, options);
    return [...exitCodesOf(outcome), ...(plan.sides === null ? [] : verdictCodes(compareRun(outcome.run)))];
  });
}

function eventsTo(progress: Progress, secondsEach: number) {
  let total = 0;
  return {
    planned(trials: readonly TrialSpec[]) {
      total = trials.length;
      progress.planned({ trials: total, secondsEach });
    },
    trialStarted({ cell }: TrialSpec, index: number) {
      const policy = cell.workers === 1 ? cell.policy : `${cell.policy} × ${cell.workers}`;
      const label = cell.side === undefined ? policy : `${cell.side}: ${policy}`;
      progress.trialStarted({ label, index: index + 1, total });
    },
    trialFinished({ cell, client, measuredSeconds, valid }: TrialRecord) {
      const unit = connectionWorkloads.has(cell.workload) ? 'connections/s' : 'requests/s';
      progress.trialFinished({
        throughput: valid ? client.completedByDeadline / measuredSeconds : null,
        unit,
      });
    },
    note: (line: string) => progress.note(line),
  };
}

/** The report on stdout; where the record is, and what went wrong, on stderr. */
async function tell({ run, path, failure }: RunOutcome, options: Options): Promise<void> {
  if (options.json) await print(process.stdout, encodeRun(run));
  else if (run.trials.some(({ error }) => !launchFailures.has(error?.code ?? '')))
    await print(process.stdout, renderTerminal(run, appearance(options)));
  const failed = run.trials.find(({ error }) => error !== undefined && launchFailures.has(error.code))?.error;
  const lines = [
    ...(failed === undefined
      ? []
      : [`bench: ${failed.message}`, ...(failed.details ?? []).map((line) => `  ${line}`)]),
    ...(failure === undefined ? [] : [`bench: ${failure}`]),
    ...(path === undefined || failure !== undefined || options.quiet ? [] : [`record: ${path}`]),
  ];
  if (lines.length > 0) await print(process.stderr, `${lines.join('\n')}\n`);
}

function exitCodesOf({ run, failure }: { run: RunRecord; failure?: string }): ExitCode[] {
  const ofTrials = run.trials.flatMap(({ valid, error }): ExitCode[] => {
    if (valid) return [];
    return [launchFailures.has(error?.code ?? '') ? exitCode.trialFailed : exitCode.invalid];
  });
  return failure === undefined ? ofTrials : [exitCode.trialFailed, ...ofTrials];
}
