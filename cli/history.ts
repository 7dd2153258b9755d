import { BenchError, exitCode, usageError } from '../harness/errors.js';
import { type RunFile, readRuns, type SkippedFile } from '../harness/read-runs.js';
import { describeHistory, historyDefaults } from '../reports/analysis/history.js';
import { type HistoryRun, historyRun } from '../reports/analysis/history-run.js';
import { renderHistory } from '../reports/render/history.js';
import type { HistoryOptions } from './options.js';
import { appearance, print } from './print.js';

/** `bench history DIR|FILES…`: the figures of each cell over many runs, and where they changed. */
export async function historyVerb(named: readonly string[], options: HistoryOptions): Promise<number> {
  const skipped: SkippedFile[] = [];
  const runs: HistoryRun[] = [];
  for await (const found of readRuns(named, (file) => skipped.push(file))) runs.push(reduced(found));
  const history = describeHistory(runs, {
    metrics: options.metric ?? historyDefaults.metrics,
    policies: options.policy,
    seed: options.seed ?? historyDefaults.seed,
  });
  const text = options.json
    ? `${JSON.stringify({ ...history, skipped }, null, 2)}\n`
    : renderHistory({ ...history, skipped }, appearance(options));
  await print(process.stdout, text);
  return exitCode.fine;
}

function reduced({ file, run }: RunFile): HistoryRun {
  try {
    return historyRun(run, file);
  } catch (error) {
    if (error instanceof BenchError) throw usageError(error.code, `${file}: ${error.message}`, error);
    throw error;
  }
}
