import type { FileHandle } from 'node:fs/promises';
import type { RunHeader } from './encode.js';
import type { Files } from './output.js';
import type { TrialRecord } from './record.js';
import { errorCode } from './system-error.js';

/** Every trial as soon as it is done, one line each: what is left of a run that was killed. */
export interface Journal {
  path: string;
  /** Never rejects for the disk's sake: a line that could not be written is tried again with the next. */
  append(trial: TrialRecord): Promise<void>;
  close(): Promise<void>;
  remove(): Promise<void>;
  /** Whether no trial was given to it. */
  isEmpty(): boolean;
  /** Whether every trial that was given to it is in it. */
  isComplete(): boolean;
}

/** The first of `base`.journal, `base`.journal.2, … that is free: a killed run's journal is never overwritten. */
export async function createJournal(base: string, header: RunHeader, files: Files): Promise<Journal> {
  const { handle, path } = await openFree(`${base}.journal`, files);
  const remove = () => files.rm(path, { force: true }).catch(() => {});
  let trials = 0;
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
    await remove();
    throw error;
  }
  return {
    path,
    remove,
    isEmpty: () => trials === 0,
    isComplete: () => pending.length === 0,
    append: async (trial) => {
      const line = lineOf(trial);
      trials += 1;
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

async function openFree(first: string, files: Files): Promise<{ handle: FileHandle; path: string }> {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? first : `${first}.${number}`;
    try {
      return { handle: await files.open(path, 'wx'), path };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
