import { spawn } from 'node:child_process';
import { existsSync, stat } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import test from 'ava';
import { lastLines, readByNow } from '../../../harness/runtimes/last-lines.js';
import { temporaryFolder } from '../../helpers/temporary.js';

function said(...chunks: (string | Buffer)[]): string[] {
  const stream = new PassThrough();
  const words = lastLines(stream);
  for (const chunk of chunks) stream.emit('data', Buffer.from(chunk as string));
  return words();
}

test('what was never said has no lines', (t) => {
  t.deepEqual(said(), []);
});

test('lines are kept as they were said, without blank ones and carriage returns', (t) => {
  t.deepEqual(said('one\r\n\n  two\n   \nthr', 'ee'), ['one', '  two', 'three']);
});

test('of many lines the last 40 are kept', (t) => {
  const numbers = Array.from({ length: 1000 }, (_, index) => String(index));

  t.deepEqual(said(...numbers.map((number) => `${number}\n`)), numbers.slice(-40));
});

test('a long line is cut after 300 characters', (t) => {
  t.deepEqual(said(`${'a'.repeat(299)}bc\n`, `${'d'.repeat(300)}\n`), [
    `${'a'.repeat(299)}b`,
    'd'.repeat(300),
  ]);
});

test('an endless line is one line', (t) => {
  t.deepEqual(said('a'.repeat(100_000), 'z'.repeat(6)), ['a'.repeat(300)]);
});

test('a short last line survives megabytes before it', (t) => {
  t.is(said(...Array<string>(64).fill(`${'x'.repeat(65_536)}\n`), 'Error: why\n').at(-1), 'Error: why');
});

test('what was written is read, also where the loop looks only when the patience is over', async (t) => {
  const said = path.join(await temporaryFolder(t), 'said');
  const { words, read } = await new Promise<{ words: () => string[]; read: Promise<void> }>((resolve) => {
    // Among what the loop has found; it comes to the timers before it looks again.
    stat('.', () => {
      const child = spawn('sh', ['-c', 'echo bye >&2; > "$0"; exec sleep 60', said]);
      t.teardown(() => child.kill('SIGKILL'));
      resolve({ words: lastLines(child.stderr), read: readByNow(child.stderr, 100) });
      while (!existsSync(said)) block(10);
      block(150);
    });
  });
  await read;

  t.deepEqual(words(), ['bye']);
});

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
