import { exitCode, strongestExitCode, usageError } from '../harness/errors.js';
import { readRun } from '../harness/read-run.js';
import type { RunRecord } from '../harness/record.js';
import { type ComparedFiles, renderFileComparison } from '../reports/render/file-comparison.js';
import { type Format, isOfComparisons, type Text } from '../reports/render/formats/format.js';
import { formats } from '../reports/render/formats/index.js';
import { json } from '../reports/render/formats/json.js';
import { exitCodesFor, verdictsIn } from './fail-on.js';
import type { FormatRequest } from './flags/output.js';
import { formatForStdout, formatNamed, requestsWithOutput } from './format-requests.js';
import type { CompareOptions } from './options.js';
import { appearance, print } from './print.js';
import { compare } from './program/compare.js';
import { openReportFiles, tellWritten } from './report-files.js';
import { oneLine } from './values.js';

/** `bench compare BASE CANDIDATE`: two runs, cell by cell, as independent samples. */
export async function compareVerb(base: string, candidate: string, options: CompareOptions): Promise<number> {
  const requests = requestsWithOutput(options);
  assertComparable(requests);
  const [one, other] = [await readRun(base), await readRun(candidate)];
  assertTrials(base, one);
  assertTrials(candidate, other);
  const { gate, 'min-effect': minEffect } = options;
  const compared = compare(one, other, {
    ...{ base, candidate },
    ...(gate && { gate }),
    ...(minEffect !== undefined && { minEffect }),
  });
  if (!options['allow-different']) assertAlike(compared);
  const format = formatForStdout(requests, options);
  const files = await openReportFiles(format ? [] : requests, { inputs: [base, candidate] });
  if (options.json) await print(process.stdout, await json.renderComparison(compared));
  else if (format) await print(process.stdout, await comparisonIn(format, compared));
  else if (requests.length === 0)
    await print(process.stdout, renderFileComparison(compared, appearance(options)));
  const allWritten = await tellWritten(await files.write({ of: (each) => comparisonIn(each, compared) }));
  return strongestExitCode([
    ...(allWritten ? [] : [exitCode.trialFailed]),
    ...exitCodesFor(options['fail-on'], verdictsIn(compared.comparisons)),
  ]);
}

function assertComparable(requests: readonly FormatRequest[]): void {
  const stranger = requests.find(({ format }) => !isOfComparisons(formatNamed(format)));
  if (stranger === undefined) return;
  const names = formats.filter(isOfComparisons).map(({ name }) => name);
  throw usageError(
    'bad-option',
    oneLine(
      `${stranger.given}: it is of one run; of two there is ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
    ),
  );
}

async function comparisonIn(format: Format, compared: ComparedFiles): Promise<Text> {
  if (!isOfComparisons(format)) throw new TypeError(`there is no comparison as ${format.name}`);
  return format.renderComparison(compared);
}

function assertTrials(file: string, { trials }: RunRecord): void {
  if (!trials.some(({ valid }) => valid))
    throw usageError(
      'nothing-valid',
      `${file} has no valid trial: there is nothing to compare. Look at it with bench report ${file}, and measure again`,
    );
}

function assertAlike({ base, candidate, differences }: ComparedFiles): void {
  if (differences.length === 0) return;
  const all = differences
    .map(({ what, base, candidate }) => `${what} is ${base} and ${candidate}`)
    .join('; ');
  throw usageError(
    'different',
    `${base} and ${candidate} differ in more than what is compared: ${all}. Measure both alike (bench ab does), or say --allow-different`,
  );
}
