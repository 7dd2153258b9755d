import { constants, type Stats } from 'node:fs';
import { access, mkdir, open, realpath, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { createJournal, type RunHeader } from './journal.js';
import { reasonOf } from './reason.js';
import type { RunRecord, TrialRecord } from './record.js';
import { assertWritable, isStream, writeStream } from './stream-output.js';

export type { RunHeader } from './journal.js';

/** Where a run is kept, from its first trial on. */
export interface Store {
  /** Where the run will be when it is finished. */
  path: string;
  /** Where its trials are until then; none for an output that is not a regular file. */
  journal: string | undefined;
  /** Never rejects for the disk's sake: what could not be written is in what `finish` is given. */
  append(trial: TrialRecord): Promise<void>;
  /** Writes the file, whole or not at all, and removes the journal. */
  finish(run: RunRecord): Promise<Saved>;
  /** Ends without a file: the journal stays when there is a trial in it. */
  discard(): Promise<void>;
}

export interface Saved {
  path: string;
  /** One line: what could not be written, why, and where the results are instead. */
  failure?: string;
}

/** What the store asks of the disk and a test may refuse. */
export interface Disk {
  open: typeof open;
  /** Whether the file system of `folder` has no block left for us. */
  isFull(folder: string): Promise<boolean>;
}

/**
 * A store at `output`, proved writable: its folder is there and its journal begun. An output that exists and is no regular
 * file (a FIFO, `/dev/stdout`) gets the whole run at the end, without a journal.
 * @throws BenchError `output-unwritable`, exit code 2
 */
export async function openStore(output: string, header: RunHeader, disk: Disk = realDisk): Promise<Store> {
  try {
    const existing = await statOf(output);
    if (existing?.isDirectory() || output.endsWith('/')) throw new Error('it is a folder');
    if (existing && isStream(output, existing)) return await streamStore(output, existing);
    return await fileStore(output, existing, header, disk);
  } catch (error) {
    throw unwritable(output, error);
  }
}

const realDisk: Disk = {
  open,
  // Pseudo file systems have no blocks at all.
  isFull: async (folder) => {
    const { blocks, bavail } = await statfs(folder);
    return blocks > 0 && bavail === 0;
  },
};

async function fileStore(
  output: string,
  existing: Stats | undefined,
  header: RunHeader,
  disk: Disk,
): Promise<Store> {
  const folder = path.dirname(output);
  await mkdir(folder, { recursive: true });
  if (await disk.isFull(folder)) throw new Error('its file system is full');
  if (existing) await access(output, constants.W_OK);
  const journal = await createJournal(output.replace(/\.json$/, ''), header, disk.open);
  let trials = 0;

  return {
    path: output,
    journal: journal.path,
    append: (trial) => {
      trials += 1;
      return journal.append(trial);
    },
    finish: async (run) => {
      await journal.close();
      try {
        await replace(await realpath(output).catch(() => output), encodeRun(run), disk.open);
      } catch (error) {
        if (!journal.complete()) return rescued(output, error, run);
        const where = `every trial is in ${journal.path}, which bench report reads`;
        return { path: output, failure: `${output} could not be written (${reasonOf(error)}): ${where}` };
      }
      await rm(journal.path, { force: true });
      return { path: output };
    },
    discard: async () => {
      await journal.close();
      if (trials === 0) await rm(journal.path, { force: true });
    },
  };
}

async function streamStore(output: string, existing: Stats): Promise<Store> {
  await assertWritable(output, existing);
  return {
    path: output,
    journal: undefined,
    append: async () => {},
    finish: async (run) => {
      try {
        await writeStream(output, encodeRun(run));
        return { path: output };
      } catch (error) {
        return rescued(output, error, run);
      }
    },
    discard: async () => {},
  };
}

/** The content of a file: what `--json` prints. */
export function encodeRun(run: RunRecord): string {
  return `${JSON.stringify(run, null, 2)}\n`;
}

/** A reader sees the old file or the new one, never a part; so does one after a power cut. */
async function replace(target: string, content: string, openFile: typeof open): Promise<void> {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const handle = await openFile(temporary, 'w');
    await writeAll(handle, content).finally(() => handle.close());
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

async function writeAll(handle: FileHandle, content: string): Promise<void> {
  await handle.writeFile(content);
  await handle.sync();
}

/** The last resort, when neither the output nor a journal has everything: another folder, likely on another disk. */
async function rescued(output: string, error: unknown, run: RunRecord): Promise<Saved> {
  const failure = `${output} could not be written (${reasonOf(error)})`;
  const name = `cluster-bench-${run.startedAt.replaceAll(':', '-')}-${process.pid}.json`;
  const elsewhere = path.join(tmpdir(), name);
  try {
    await replace(elsewhere, encodeRun(run), open);
    return { path: output, failure: `${failure}: the whole run is in ${elsewhere}` };
  } catch (second) {
    return {
      path: output,
      failure: `${failure}, nor could ${elsewhere} (${reasonOf(second)}): only the report has it`,
    };
  }
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function unwritable(output: string, error: unknown): BenchError {
  const reason = codeOf(error) === 'EEXIST' ? 'its folder is a file' : reasonOf(error);
  return usageError(
    'output-unwritable',
    `--output ${output} cannot be written: ${reason}. Name a file in a folder that can be written to`,
    error,
  );
}
