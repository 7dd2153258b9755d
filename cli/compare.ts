import { strongestExitCode, usageError } from '../harness/errors.js';
import { readRun } from '../harness/read-run.js';
import type { RunRecord } from '../harness/record.js';
import { verdictDefaults } from '../harness/verdict-defaults.js';
import { compareRuns, type FileComparison } from '../reports/analysis/comparison/of-files.js';
import { familyAlpha } from '../reports/analysis/comparison/stopping.js';
import { renderFileComparison } from '../reports/render/file-comparison.js';
import { exitCodesFor, verdictsIn } from './fail-on.js';
import type { CompareOptions } from './options.js';
import { appearance, print } from './print.js';

/** `bench compare BASE CANDIDATE`: two runs, cell by cell, as independent samples. */
export async function compareVerb(base: string, candidate: string, options: CompareOptions): Promise<number> {
  const [one, other] = [await readRun(base), await readRun(candidate)];
  assertTrials(base, one);
  assertTrials(candidate, other);
  const criteria = {
    gate: options.gate ?? verdictDefaults.gate,
    minEffect: options['min-effect'] ?? verdictDefaults.minEffect,
    alpha: familyAlpha,
  };
  const found = compareRuns(one, other, criteria);
  if (!options['allow-different']) assertAlike(base, candidate, found);
  const text = options.json
    ? `${JSON.stringify({ base, candidate, ...found }, null, 2)}\n`
    : renderFileComparison({ base, candidate, ...criteria, ...found }, appearance(options));
  await print(process.stdout, text);
  return strongestExitCode(exitCodesFor(options['fail-on'], verdictsIn(found.comparisons)));
}

function assertTrials(file: string, { trials }: RunRecord): void {
  if (!trials.some(({ valid }) => valid))
    throw usageError(
      'nothing-valid',
      `${file} has no valid trial: there is nothing to compare. Look at it with bench report ${file}, and measure again`,
    );
}

function assertAlike(base: string, candidate: string, { differences }: FileComparison): void {
  if (differences.length === 0) return;
  const all = differences
    .map(({ what, base, candidate }) => `${what} is ${base} and ${candidate}`)
    .join('; ');
  throw usageError(
    'different',
    `${base} and ${candidate} differ in more than what is compared: ${all}. Measure both alike (bench ab does), or say --allow-different`,
  );
}
