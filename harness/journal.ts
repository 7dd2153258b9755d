import { type FileHandle, open, rm } from 'node:fs/promises';
import type { RunRecord, TrialRecord } from './record.js';

/** What is known of a run before its first trial: the first line of a journal. */
export type RunHeader = Omit<RunRecord, 'finishedAt' | 'interrupted' | 'trials' | 'summary'>;

/** Every trial as soon as it is done, one line each: what is left of a run that was killed. */
export interface Journal {
  path: string;
  /** Whether every trial so far is in it. */
  complete(): boolean;
  /** Never rejects for the disk's sake: a line that could not be written is tried again with the next. */
  append(trial: TrialRecord): Promise<void>;
  close(): Promise<void>;
}

/** The first of `base`.journal, `base`.journal.2, … that is free: a killed run's journal is never overwritten. */
export async function createJournal(
  base: string,
  header: RunHeader,
  openFile: typeof open = open,
): Promise<Journal> {
  const { handle, path } = await openFree(`${base}.journal`, openFile);
  let size = 0;
  let pending = lineOf(header);
  let last = Promise.resolve();

  // At a position: what a full disk cut short is written over, so that no broken line is ever followed by another.
  const flush = async () => {
    for (let at = 0; at < pending.length; ) {
      at += (await handle.write(pending, at, pending.length - at, size + at)).bytesWritten;
    }
    size += pending.length;
    pending = Buffer.alloc(0);
  };

  try {
    await flush();
    await handle.sync();
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
  return {
    path,
    complete: () => pending.length === 0,
    append: async (trial) => {
      const line = lineOf(trial);
      last = last.then(async () => {
        pending = Buffer.concat([pending, line]);
        await flush().catch(() => {});
      });
      await last;
    },
    close: async () => {
      await last;
      await handle.close().catch(() => {});
    },
  };
}

function lineOf(value: RunHeader | TrialRecord): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

async function openFree(first: string, openFile: typeof open): Promise<{ handle: FileHandle; path: string }> {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? first : `${first}.${number}`;
    try {
      return { handle: await openFile(path, 'wx'), path };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
