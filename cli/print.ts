import type { Writable } from 'node:stream';
import { BenchError } from '../harness/errors.js';
import { errorCode, systemReason } from '../harness/system-error.js';

/**
 * Write `text` and wait until it is out. A reader that has left (`bench | head`) is no error.
 * @throws BenchError `stdout-unwritable` for any other reason, such as a full disk
 */
export async function print(stream: Writable, text: string | Iterable<string>): Promise<void> {
  const pieces = typeof text === 'string' ? [text] : text;
  const ignore = () => {};
  stream.on('error', ignore); // Each write hears of its own.
  try {
    for (const piece of pieces) await write(stream, piece);
  } catch (error) {
    if (errorCode(error) === 'EPIPE') return;
    throw new BenchError('stdout-unwritable', `stdout cannot be written (${systemReason(error)})`, {
      cause: error,
    });
  } finally {
    stream.off('error', ignore);
  }
}

function write(stream: Writable, piece: string): Promise<void> {
  return new Promise((resolve, reject) =>
    stream.write(piece, (error) => (error ? reject(error) : resolve())),
  );
}

/**
 * How text may look on stdout: coloured on a terminal that knows colours, unless `--no-color`, `--color`, NO_COLOR
 * (no-color.org) or FORCE_COLOR (force-color.org; `0` forces none) says otherwise, the first of these that does.
 */
export function appearance(
  { color }: { color?: boolean },
  { isTTY, columns = 80 }: { isTTY?: boolean; columns?: number } = process.stdout,
  { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv = process.env,
): { columns: number; color: boolean } {
  const asked = NO_COLOR ? false : FORCE_COLOR ? !['0', 'false'].includes(FORCE_COLOR) : undefined;
  return { columns, color: color ?? asked ?? (isTTY === true && TERM !== 'dumb') };
}
