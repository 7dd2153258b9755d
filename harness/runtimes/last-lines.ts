import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate, setTimeout } from 'node:timers/promises';

const keptBytes = 16 * 1024;
const keptLines = 40;
const keptColumns = 300;

/** Drain `stream`, however much it says, and keep its last lines (at most 40 of up to 300 characters, of the last 16 KiB). */
export function lastLines(stream: Readable): () => string[] {
  let tail = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-keptBytes);
  });
  return () =>
    tail
      .toString('utf8')
      .split('\n')
      .map((line) => line.trimEnd().slice(0, keptColumns))
      .filter((line) => line !== '')
      .slice(-keptLines);
}

/**
 * Resolves when all is read that has been written by now: at the end of `stream`, or after `patienceMs`, since a process that escaped
 * may hold the other end for ever.
 */
export async function readByNow(stream: Readable, patienceMs: number): Promise<void> {
  const patience = async () => {
    await setTimeout(patienceMs);
    // A loop that is busy for so long comes to its timers before it looks for what has arrived.
    await setImmediate();
  };
  await Promise.race([finished(stream), patience()]).catch(() => {});
}
