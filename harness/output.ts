import type * as fsPromises from 'node:fs/promises';
import path from 'node:path';
import { type BenchError, usageError } from './errors.js';
import { errorCode, systemReason } from './system-error.js';

/** The part of `node:fs/promises` that results are written with. */
export type Files = Pick<
  typeof fsPromises,
  | 'access'
  | 'lstat'
  | 'mkdir'
  | 'open'
  | 'readlink'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'stat'
  | 'statfs'
>;

/** Where a result goes: a file that a rename puts in place, or something that can only be written to. */
export type Output =
  | { kind: 'file'; path: string; mode: number /** Its folder was made for it. */; newFolder: boolean }
  | { kind: 'stream'; path: string };

const writable = 2; // W_OK
const leastFreeBytes = 1024 * 1024;
/** Names of what bench itself has open: a rename would replace the name, or what the report is being written to. */
const ownDescriptors = /^\/(dev\/(fd\/\d+|stdin|stdout|stderr)$|proc\/)/;

/**
 * Find out what `--output` names, and make its folder.
 * @throws BenchError `output-unwritable` (exit code 2) with the reason and the way out
 */
export async function inspectOutput(output: string, files: Files): Promise<Output> {
  try {
    if (ownDescriptors.test(path.resolve(output))) return { kind: 'stream', path: output };
    const target = await resolveLinks(output, files);
    const found = await files.stat(target).catch(ignore('ENOENT'));
    if (found?.isDirectory() || /[/\\]$/.test(output))
      throw unwritable(
        output,
        'it is a folder',
        `name a file in it, such as ${path.join(output, 'run.json')}`,
      );
    if (found?.isFIFO() || found?.isCharacterDevice()) return { kind: 'stream', path: target };
    if (found && !found.isFile()) throw unwritable(output, 'it is neither a file nor a pipe', 'name a file');
    let made: string | undefined;
    if (found) await files.access(target, writable);
    else made = await files.mkdir(path.dirname(target), { recursive: true });
    await assertSpace(output, target, files);
    const mode = found ? found.mode & 0o777 : 0o666;
    return { kind: 'file', path: target, mode, newFolder: made !== undefined };
  } catch (error) {
    throw errorCode(error) === 'output-unwritable' ? error : unwritableBecause(output, error);
  }
}

/** `error`, which the system raised when it was tried, in words for the user. */
export function unwritableBecause(output: string, error: unknown): BenchError {
  return unwritable(output, systemReason(error), 'name another file, or make room for this one', error);
}

function unwritable(output: string, reason: string, wayOut: string, cause?: unknown): BenchError {
  return usageError('output-unwritable', `--output ${output} cannot be written: ${reason}; ${wayOut}`, cause);
}

/** The file that a rename must replace: not the link that leads to it, which may dangle. */
async function resolveLinks(output: string, files: Files): Promise<string> {
  const real = await files.realpath(output).catch(ignore('ENOENT'));
  if (real !== undefined) return real;
  const link = await files.lstat(output).catch(ignore('ENOENT'));
  return link?.isSymbolicLink()
    ? path.resolve(path.dirname(output), await files.readlink(output))
    : path.resolve(output);
}

async function assertSpace(output: string, target: string, files: Files): Promise<void> {
  const { bavail, bsize, blocks } = await files.statfs(path.dirname(target));
  // Some filesystems (FUSE, /proc) say nothing: 0 of 0 blocks.
  if (blocks > 0 && bavail * bsize < leastFreeBytes)
    throw unwritable(output, 'its filesystem is full', 'free some space there, or name a file elsewhere');
}

function ignore(code: string): (error: unknown) => undefined {
  return (error) => {
    if (errorCode(error) !== code) throw error;
  };
}
