import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { accepts } from './accepts.js';
import { usageError } from './errors.js';
import {
  planSchema,
  type RunRecord,
  runSchema,
  schemaVersion,
  type TrialRecord,
  trialSchema,
} from './record.js';
import { errorCode, systemReason } from './system-error.js';

/**
 * Read a result file, or the journal of a run that did not end: such a run is `interrupted`, ends with its last whole
 * trial and has no summary. Fields that this version does not know are kept.
 * @throws BenchError `bad-result` or `newer-result` (exit code 2), one line that names the file and what is wrong with it
 */
export async function readRun(file: string): Promise<RunRecord> {
  const text = await readText(file);
  const whole = parse(text);
  const run = isHeader(whole) || whole === undefined ? parseJournal(file, text) : whole;
  assertOurs(file, run ?? fail(file, whatIsWrong(text)));
  validated(file, headPart, run);
  for (const [index, trial] of (run as RunRecord).trials.entries())
    validated(file, trialPart, trial, { path: ['trials', index] });
  // The given object and not zod's copy of it, which lacks unknown fields; with what an older plan does not say.
  const found = run as RunRecord;
  return { ...found, plan: { ...found.plan, ...planSchema.parse(found.plan) } };
}

const headPart = partOf(runSchema.extend({ trials: z.array(z.unknown()) }));
const trialPart = partOf(trialSchema);

function partOf(schema: z.ZodType) {
  return { schema, isAccepted: accepts(schema) };
}

function fail(file: string, problem: string, cause?: unknown): never {
  throw usageError('bad-result', `${file} ${problem}`, cause);
}

async function readText(file: string): Promise<string> {
  try {
    // In one piece: of one that is decoded while it is read, the pieces are put together before it is parsed.
    return (await readFile(file)).toString();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') fail(file, 'does not exist', error);
    if (errorCode(error) === 'EISDIR') fail(file, 'is a folder: name a result file in it', error);
    return fail(file, `cannot be read: ${systemReason(error)}`, error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A journal's first line: a run without its trials. */
function isHeader(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'plan' in value && !('trials' in value);
}

function parseJournal(file: string, text: string): object | undefined {
  const [first = '', ...rest] = text.split('\n');
  const header = parse(first);
  if (!isHeader(header)) return undefined;
  assertOurs(file, header);
  // What follows the last line end was cut off while it was written.
  const trials = rest.slice(0, -1).map((line, index) => {
    const where = `line ${index + 2}`;
    const trial = parse(line) ?? fail(file, `is damaged: ${where} is not JSON`);
    return validated(file, trialPart, trial, { where }) && (trial as TrialRecord);
  });
  const finishedAt = endOf(trials.at(-1)) ?? (header as RunRecord).startedAt;
  return { ...header, finishedAt, interrupted: true, trials, summary: [] };
}

function endOf(trial: TrialRecord | undefined): string | undefined {
  if (trial === undefined) return undefined;
  const lastedMs = (trial.measuredSeconds + trial.drainSeconds) * 1000;
  return new Date(Date.parse(trial.startedAt) + lastedMs).toISOString();
}

/** Before the schema is looked at, since a newer one may differ anywhere. */
function assertOurs(file: string, run: unknown): void {
  const { schemaVersion: version, tool } = Object(run) as { schemaVersion?: unknown; tool?: unknown };
  if (typeof version !== 'number' || Object(tool).name !== 'cluster-bench')
    fail(file, 'is not a result of cluster-bench: it is JSON, but not ours');
  if (version > schemaVersion)
    throw usageError(
      'newer-result',
      `${file}: written by a newer cluster-bench (schema ${version}; this one reads ${schemaVersion}). Update with: npm i -g cluster-bench`,
    );
}

function validated(
  file: string,
  { schema, isAccepted }: ReturnType<typeof partOf>,
  value: unknown,
  { where, path = [] }: { where?: string; path?: PropertyKey[] } = {},
): true {
  if (isAccepted(value)) return true;
  const { error } = schema.safeParse(value);
  const issue = error?.issues[0];
  if (issue === undefined) return true;
  const at = [...(where === undefined ? [] : [where]), toDotPath([...path, ...issue.path])].join(', ');
  return fail(file, `is not a valid result of cluster-bench: ${at}: ${issue.message}`, error);
}

function whatIsWrong(text: string): string {
  if (text.trim() === '') return 'is empty';
  return /^\s*\{\s*"schemaVersion"/.test(text)
    ? `is cut short: its JSON ends after ${text.length} characters. A journal beside it (.journal) may have its trials`
    : 'is not a result of cluster-bench: it is not JSON';
}
