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

/** How a file was asked for: what the user gave, and what a file of that kind may be called. */
export interface Asked {
  given: string;
  example: string;
}

const asOutput = (output: string): Asked => ({ given: `--output ${output}`, example: 'run.json' });

/**
 * Find out what `--output`, or what else was asked for, names, and make its folder.
 * @throws BenchError `output-unwritable` (exit code 2) with the reason and the way out
 */
export async function inspectOutput(
  output: string,
  files: Files,
  asked: Asked = asOutput(output),
): Promise<Output> {
  const { given, example } = asked;
  try {
    if (isOwnDescriptor(output)) return { kind: 'stream', path: output };
    const target = await resolveLinks(output, files);
    const found = await files.stat(target).catch(ignore('ENOENT'));
    if (found?.isDirectory() || /[/\\]$/.test(output))
      throw unwritable(given, 'it is a folder', `name a file in it, such as ${path.join(output, example)}`);
    if (found?.isFIFO() || found?.isCharacterDevice()) return { kind: 'stream', path: target };
    if (found && !found.isFile()) throw unwritable(given, 'it is neither a file nor a pipe', 'name a file');
    let made: string | undefined;
    if (found) await files.access(target, writable);
    else made = await files.mkdir(path.dirname(target), { recursive: true });
    await assertSpace(given, target, files);
    const mode = found ? found.mode & 0o777 : 0o666;
    return { kind: 'file', path: target, mode, newFolder: made !== undefined };
  } catch (error) {
    throw errorCode(error) === 'output-unwritable' ? error : unwritableBecause(output, error, asked);
  }
}

/** Whether `output` can only be written to, and has no folder in which other files could stand beside it. */
export async function isStream(output: string, files: Files): Promise<boolean> {
  const found = await files.stat(output).catch(() => undefined);
  return isOwnDescriptor(output) || (found?.isFIFO() ?? false) || (found?.isCharacterDevice() ?? false);
}

const isOwnDescriptor = (output: string) => ownDescriptors.test(path.resolve(output));

/** `error`, which the system raised when it was tried, in words for the user. */
export function unwritableBecause(
  output: string,
  error: unknown,
  { given }: Pick<Asked, 'given'> = asOutput(output),
): BenchError {
  return unwritable(given, systemReason(error), 'name another file, or make room for this one', error);
}

function unwritable(given: string, reason: string, wayOut: string, cause?: unknown): BenchError {
  return usageError('output-unwritable', `${given} cannot be written: ${reason}; ${wayOut}`, cause);
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

async function assertSpace(given: string, target: string, files: Files): Promise<void> {
  const { bavail, bsize, blocks } = await files.statfs(path.dirname(target));
  // Some filesystems (FUSE, /proc) say nothing: 0 of 0 blocks.
  if (blocks > 0 && bavail * bsize < leastFreeBytes)
    throw unwritable(given, 'its filesystem is full', 'free some space there, or name a file elsewhere');
}

function ignore(code: string): (error: unknown) => undefined {
  return (error) => {
    if (errorCode(error) !== code) throw error;
  };
}
