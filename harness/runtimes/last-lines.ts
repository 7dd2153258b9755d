import type { Readable } from 'node:stream';

const keptBytes = 16 * 1024;
const keptLines = 20;

/** Drain `stream`, however much it says, and keep its last lines (at most 20, of the last 16 KiB). */
export function lastLines(stream: Readable): () => string[] {
  let tail = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-keptBytes);
  });
  return () =>
    tail
      .toString('utf8')
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .slice(-keptLines);
}
