import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { BenchError, usageError } from './errors.js';
import { readRun } from './read-run.js';
import type { RunRecord } from './record.js';

export interface RunFile {
  /** As the user named it, or its folder. */
  file: string;
  run: RunRecord;
}

export interface SkippedFile {
  file: string;
  /** Why it is no result, with its name. */
  reason: string;
}

/**
 * Read result files one after the other, so that no more than one record is in memory: `named`, and of each folder among
 * them its `*.json`, folders in it left out. What is no result is told to `skip` where a folder holds it; where it was named
 * it is an error, and so is a newer result anywhere: a history must not miss runs unseen.
 * @throws BenchError (exit code 2) as {@link readRun}, and `no-results` for a folder without any
 */
export async function* readRuns(
  named: readonly string[],
  skip: (skipped: SkippedFile) => void,
): AsyncGenerator<RunFile> {
  const seen = new Set<string>();
  for (const name of named) {
    const isFolder = (await stat(name).catch(() => undefined))?.isDirectory() ?? false;
    const files = isFolder ? await jsonIn(name) : [name];
    let found = 0;
    for (const file of files) {
      const run = isFolder ? await readOrSkip(file, skip) : await readRun(file);
      if (run === undefined) continue;
      found += 1;
      const resolved = path.resolve(file);
      if (!seen.has(resolved)) yield { file, run };
      seen.add(resolved);
    }
    if (found === 0)
      throw usageError(
        'no-results',
        `${name}: no result of cluster-bench is in this folder; name one that has some, such as bench-results`,
      );
  }
}

async function jsonIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.name.endsWith('.json') && !entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
    .sort();
}

async function readOrSkip(
  file: string,
  skip: (skipped: SkippedFile) => void,
): Promise<RunRecord | undefined> {
  try {
    return await readRun(file);
  } catch (error) {
    if (!(error instanceof BenchError) || error.code !== 'bad-result') throw error;
    skip({ file, reason: error.message });
    return undefined;
  }
}
