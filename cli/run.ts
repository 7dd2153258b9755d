import { encodeRun } from '../harness/encode.js';
import { BenchError, exitCode, usageError } from '../harness/errors.js';
import type { PlannedTrial } from '../harness/plan.js';
import type { Plan, TrialRecord } from '../harness/record.js';
import { type RunOutcome, runPlan } from '../harness/run.js';
import type { Store } from '../harness/store.js';
import { fewestPairs } from '../reports/analysis/comparison/judge.js';
import { compareRun, isEnough } from '../reports/analysis/comparison/of-run.js';
import { alphaOf, standingOf } from '../reports/analysis/comparison/stopping.js';
import { summarize, throughputUnit } from '../reports/analysis/summary.js';
import { judgeThresholds } from '../reports/analysis/thresholds.js';
import { integer, plural } from '../reports/render/format.js';
import { renderTerminal } from '../reports/render/terminal.js';
import { exitCodesOfRun, failedToLaunch } from './fail-on.js';
import { requestsIn } from './format-requests.js';
import { interruptibleWork } from './interruptible-work.js';
import type { Options } from './options.js';
import { defaultOutput, surroundings, toAbPlan, toPlan } from './plan.js';
import { appearance, print } from './print.js';
import type { Progress } from './progress.js';
import { contentOf, openReportFiles, type ReportFiles, tellWritten } from './report-files.js';
import { didYouMean } from './suggest.js';
import { thresholdsFor } from './thresholds.js';
import { oneLine } from './values.js';
import { verbNames } from './verbs.js';

/** `bench [app]`: run the plan, print the report, keep the record. */
export async function runVerb(options: Options): Promise<number> {
  try {
    return await runAndTell(toPlan(options, surroundings()), options);
  } catch (error) {
    const meant = didYouMean(options.app ?? '', verbNames, '', 'bench ');
    if (!(error instanceof BenchError && error.code === 'app-missing' && meant)) throw error;
    throw usageError(
      error.code,
      oneLine(`${options.app}: there is no such verb, and no such app${meant}`),
      error,
    );
  }
}

/** `bench ab`: the same of two servers, which are compared. */
export function abVerb(options: Options): Promise<number> {
  return runAndTell(toAbPlan(options, surroundings()), options);
}

function runAndTell(plan: Plan, options: Options): Promise<number> {
  const thresholds = options.threshold && thresholdsFor(options.threshold, plan);
  return interruptibleWork(options, async ({ progress, signal, lastWords }) => {
    if (plan.sides !== null) warnOfTooFew(plan, (line) => progress.note(line));
    const apps = appsOf(plan);
    if (apps.length > 0) progress.doing(`looking at ${apps.join(' and ')}`);
    const output = options.output ?? defaultOutput(new Date());
    const files = await openReportFiles(requestsIn(options), { record: output });
    const events = eventsTo(progress, plan);
    let store: Pick<Store, 'journal' | 'abandon'> | undefined;
    lastWords(() =>
      store?.abandon() && !options.quiet
        ? `the trials that ended are in ${store.journal}, which bench report reads\n`
        : '',
    );
    const outcome = await runPlan(plan, {
      command: ['bench', ...process.argv.slice(2)],
      output,
      outputMayDiffer: options.output === undefined,
      stored: (kept) => {
        store = kept;
      },
      signal,
      summarize,
      isEnough,
      ...(thresholds && { judge: (run) => judgeThresholds(thresholds, summarize(run)) }),
      ...events,
    }).catch(async (error) => {
      await files.discard();
      throw error;
    });
    progress.stop();
    await tell(outcome, events.total(), options);
    const allWritten = await writeFiles(outcome, files, output, options);
    const codes = exitCodesOfRun(outcome.run, options['fail-on']);
    return outcome.failure === undefined && allWritten ? codes : [exitCode.trialFailed, ...codes];
  });
}

/** It may be meant: to see that it works. */
function warnOfTooFew(plan: Plan, note: (line: string) => void): void {
  const needed = fewestPairs(alphaOf(plan) / plan.gate.length);
  if (plan.runs < needed)
    note(
      `note: no metric can have a verdict after ${plan.runs} pair${plan.runs === 1 ? '' : 's'}; it takes ${needed}. Use --runs ${needed} or more`,
    );
}

function appsOf({ app, sides }: Plan): string[] {
  const paths = [app, sides?.base.app, sides?.candidate.app].flatMap((each) => each?.path ?? []);
  return [...new Set(paths)];
}

function eventsTo(progress: Progress, plan: Plan) {
  const secondsEach = plan.warmupSeconds + (plan.durationSeconds ?? 1);
  const trials: TrialRecord[] = [];
  let total = 0;
  return {
    total: () => total,
    planned(trials: readonly PlannedTrial[]) {
      total = trials.length;
      progress.planned({ trials: total, secondsEach });
    },
    trialStarted({ cell }: PlannedTrial, index: number) {
      const policy = cell.workers === 1 ? cell.policy : `${cell.policy} × ${cell.workers}`;
      const label = cell.side === undefined ? policy : `${cell.side}: ${policy}`;
      progress.trialStarted({ label, index: index + 1, total });
    },
    trialFinished(trial: TrialRecord) {
      const { cell, client, measuredSeconds, valid } = trial;
      trials.push(trial);
      progress.trialFinished({
        throughput: valid ? client.completedByDeadline / measuredSeconds : null,
        unit: throughputUnit(cell),
        // A run of fixed length waits for no verdict.
        standing: plan.fewestRuns === null ? undefined : standingOf(compareRun({ trials, plan })),
      });
    },
    note: (line: string) => progress.note(line),
  };
}

/** The report on stdout; where the record is, and what went wrong, on stderr. */
async function tell({ run, path, failure }: RunOutcome, planned: number, options: Options): Promise<void> {
  if (options.json) await print(process.stdout, encodeRun(run));
  else if (!run.trials.every(failedToLaunch))
    await print(process.stdout, renderTerminal(run, appearance(options)));
  const failed = run.trials.find(failedToLaunch)?.error;
  const lines = [
    ...(failed === undefined
      ? []
      : [`bench: ${failed.message}`, ...(failed.details ?? []).map((line) => `  ${line}`)]),
    ...(failure === undefined ? [] : [`bench: ${failure}`]),
    ...(run.interrupted && path !== undefined && !options.quiet
      ? [`interrupted after ${integer(run.trials.length)} of ${plural(planned, 'trial')}`]
      : []),
    ...(path === undefined || failure !== undefined || options.quiet ? [] : [`record: ${path}`]),
  ];
  if (lines.length > 0) await print(process.stderr, `${lines.join('\n')}\n`);
}

/** Whether all could be written. A run without a trial leaves none. */
async function writeFiles(
  { run, path }: RunOutcome,
  files: ReportFiles,
  output: string,
  { quiet }: Options,
): Promise<boolean> {
  if (run.trials.length > 0) return tellWritten(await files.write(contentOf(run, path ?? output)), quiet);
  await files.discard();
  return true;
}
