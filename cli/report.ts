import { encodeRun } from '../harness/encode.js';
import { exitCode, strongestExitCode } from '../harness/errors.js';
import { readRun } from '../harness/read-run.js';
import { summarize } from '../reports/analysis/summary.js';
import { judgeThresholds } from '../reports/analysis/thresholds.js';
import { renderTerminal } from '../reports/render/terminal.js';
import { exitCodesOfRun } from './fail-on.js';
import { formatForStdout, requestsWithOutput } from './format-requests.js';
import type { ReportOptions } from './options.js';
import { appearance, print } from './print.js';
import { contentOf, openReportFiles, tellWritten } from './report-files.js';
import { thresholdsFor } from './thresholds.js';

/**
 * `bench report FILE`: what `bench` printed when the run ended, from the file alone, or other formats in its place. Thresholds
 * take the place of those of the run. It fails on what was measured only where it is asked to judge.
 */
export async function reportVerb(file: string, options: ReportOptions): Promise<number> {
  const { threshold, 'fail-on': failOn } = options;
  const requests = requestsWithOutput(options);
  const read = await readRun(file);
  const thresholds = threshold && judgeThresholds(thresholdsFor(threshold, read.plan), summarize(read));
  const run = thresholds ? { ...read, thresholds } : read;
  const format = formatForStdout(requests, options);
  const files = await openReportFiles(format ? [] : requests, { record: file });
  if (options.json) await print(process.stdout, encodeRun({ ...run, summary: summarize(run) }));
  else if (format) await print(process.stdout, await format.render(run));
  else if (requests.length === 0) await print(process.stdout, renderTerminal(run, appearance(options)));
  const allWritten = await tellWritten(await files.write(contentOf(run, file)));
  const judges = threshold !== undefined || failOn !== undefined;
  return strongestExitCode([
    ...(allWritten ? [] : [exitCode.trialFailed]),
    ...(judges ? exitCodesOfRun(run, failOn) : []),
  ]);
}
