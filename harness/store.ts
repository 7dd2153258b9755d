import { randomUUID } from 'node:crypto';
import { existsSync, rmdirSync, rmSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeRun, type RunHeader } from './encode.js';
import { createJournal } from './journal.js';
import { type Files, inspectOutput, type Output, unwritableBecause } from './output.js';
import type { RunRecord, TrialRecord } from './record.js';
import { replaceFile } from './replace-file.js';
import { assertStreamWritable, writeStream } from './stream-output.js';
import { systemReason } from './system-error.js';

export type { RunHeader } from './encode.js';

/** Where a run is kept, from its first trial on. */
export interface Store {
  /** Where the run will be when it is finished. */
  path: string;
  /** Where its trials are until then; none for an output that is not a regular file. */
  journal: string | undefined;
  /** Never rejects for the disk's sake: what could not be kept here is in what `finish` is given. */
  append(trial: TrialRecord): Promise<void>;
  /** Writes the file, whole or not at all, and removes the journal. */
  finish(run: RunRecord): Promise<Saved>;
  /** Ends without a file: the journal stays when there is a trial in it. */
  discard(): Promise<void>;
  /** The same at once, where the process must end. Whether the journal stays. */
  abandon(): boolean;
}

export interface Saved {
  path: string;
  /** One line: what could not be written, why, and where the results are instead. */
  failure?: string;
}

/**
 * A store at `output`, proved writable: its folder is there and its journal begun. An output that exists and is no regular
 * file (a FIFO, `/dev/stdout`) gets the whole run at the end, without a journal.
 * @throws BenchError `output-unwritable`, exit code 2
 */
export async function openStore(
  output: string,
  header: RunHeader,
  files: Files = fsPromises,
): Promise<Store> {
  const found = await inspectOutput(output, files);
  try {
    return found.kind === 'file'
      ? await fileStore(output, found, header, files)
      : await streamStore(output, found.path);
  } catch (error) {
    throw unwritableBecause(output, error);
  }
}

/** As {@link openStore}, at the first of `output`, `…-2.json`, … that no file and no run under way has. */
export async function openFreeStore(
  output: string,
  header: RunHeader,
  files: Files = fsPromises,
): Promise<Store> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? output : output.replace(/\.json$/, `-${number}.json`);
    const isTaken = await files.stat(name).then(
      () => true,
      () => false,
    );
    if (isTaken) continue;
    const store = await openStore(name, header, files);
    // Whoever has the first journal has the name.
    if (store.journal?.endsWith('.journal')) return store;
    await store.discard();
  }
}

async function fileStore(
  output: string,
  { path: target, mode, newFolder }: Extract<Output, { kind: 'file' }>,
  header: RunHeader,
  files: Files,
): Promise<Store> {
  const journal = await createJournal(output.replace(/\.json$/, ''), header, files);
  return {
    path: output,
    journal: journal.path,
    append: journal.append,
    finish: async (run) => {
      await journal.close();
      try {
        await replaceFile(target, encodeRun(run), mode, files);
      } catch (error) {
        if (!journal.isComplete()) return rescue(output, error, run);
        const where = `every trial is in ${journal.path}, which bench report reads`;
        return { path: output, failure: `${notWritten(output, error)}: ${where}` };
      }
      await journal.remove();
      return { path: output };
    },
    discard: async () => {
      await journal.close();
      if (!journal.isEmpty()) return;
      await journal.remove();
      // Another run may have put something there by now.
      if (newFolder) await files.rmdir(path.dirname(target)).catch(() => {});
    },
    abandon: () => {
      if (!journal.isEmpty()) return existsSync(journal.path);
      try {
        rmSync(journal.path, { force: true });
        if (newFolder) rmdirSync(path.dirname(target));
      } catch {
        // What cannot be removed has nothing in it.
      }
      return false;
    },
  };
}

async function streamStore(output: string, target: string): Promise<Store> {
  await assertStreamWritable(target);
  return {
    path: output,
    journal: undefined,
    append: async () => {},
    finish: async (run) => {
      try {
        await writeStream(target, encodeRun(run));
        return { path: output };
      } catch (error) {
        return rescue(output, error, run);
      }
    },
    discard: async () => {},
    abandon: () => false,
  };
}

/** The last resort, when neither the output nor a journal has everything: another folder, likely on another disk. */
async function rescue(output: string, error: unknown, run: RunRecord): Promise<Saved> {
  const name = `cluster-bench-${run.startedAt.replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.json`;
  const elsewhere = path.join(tmpdir(), name);
  const where = await replaceFile(elsewhere, encodeRun(run), 0o600).then(
    () => `the whole run is in ${elsewhere}`,
    (second) => `nor could ${elsewhere} (${systemReason(second)}), so that only the report has it`,
  );
  return { path: output, failure: `${notWritten(output, error)}: ${where}` };
}

function notWritten(output: string, error: unknown): string {
  return `${output} could not be written: ${systemReason(error)}`;
}
