import { encodeRun } from '../harness/encode.js';
import { exitCode } from '../harness/errors.js';
import { readRun } from '../harness/read-run.js';
import { summarize } from '../reports/analysis/summary.js';
import { renderTerminal } from '../reports/render/terminal.js';
import type { ReportOptions } from './options.js';
import { appearance, print } from './print.js';

/** `bench report FILE`: what `bench` printed when the run ended, from the file alone. */
export async function reportVerb(file: string, options: ReportOptions): Promise<number> {
  const run = await readRun(file);
  const text = options.json
    ? encodeRun({ ...run, summary: summarize(run) })
    : renderTerminal(run, appearance(options));
  await print(process.stdout, text);
  return exitCode.fine;
}
