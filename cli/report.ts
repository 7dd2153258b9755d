import { encodeRun } from '../harness/encode.js';
import { strongestExitCode } from '../harness/errors.js';
import { readRun } from '../harness/read-run.js';
import { summarize } from '../reports/analysis/summary.js';
import { judgeThresholds } from '../reports/analysis/thresholds.js';
import { renderTerminal } from '../reports/render/terminal.js';
import { exitCodesOfRun } from './fail-on.js';
import type { ReportOptions } from './options.js';
import { appearance, print } from './print.js';
import { thresholdsFor } from './thresholds.js';

/**
 * `bench report FILE`: what `bench` printed when the run ended, from the file alone. Thresholds take the place of those
 * of the run. It fails on what was measured only where it is asked to judge.
 */
export async function reportVerb(file: string, options: ReportOptions): Promise<number> {
  const { threshold, 'fail-on': failOn } = options;
  const read = await readRun(file);
  const thresholds = threshold && judgeThresholds(thresholdsFor(threshold, read.plan), summarize(read));
  const run = thresholds ? { ...read, thresholds } : read;
  const text = options.json
    ? encodeRun({ ...run, summary: summarize(run) })
    : renderTerminal(run, appearance(options));
  await print(process.stdout, text);
  const judges = threshold !== undefined || failOn !== undefined;
  return strongestExitCode(judges ? exitCodesOfRun(run, failOn) : []);
}
