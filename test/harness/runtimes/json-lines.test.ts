import { Readable } from 'node:stream';
import test from 'ava';
import { jsonLines } from '../../../harness/runtimes/json-lines.js';

async function valuesOf(...chunks: string[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of jsonLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))))
    values.push(value);
  return values;
}

test('each line is a value, however the lines are cut', async (t) => {
  t.deepEqual(await valuesOf('{"a":1}\n{"b"', ':"é"}\n[', ']\n'), [{ a: 1 }, { b: 'é' }, []]);
});

test('a last line needs no end, and no line is no value', async (t) => {
  t.deepEqual(await valuesOf('1\n2'), [1, 2]);
  t.deepEqual(await valuesOf(), []);
});

test('a line that is not JSON is an error', async (t) => {
  await t.throwsAsync(valuesOf('hello\n'), { instanceOf: SyntaxError });
});
