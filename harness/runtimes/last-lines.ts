import type { Readable } from 'node:stream';

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
