import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { app, type Result, tiny, workspace } from '../../helpers/bench.js';

const timeoutSeconds = 1;
const tenSeconds = 10;

/** Lines of stderr under the first, which is bench's own. */
function wordsOf({ stderr }: Result): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

async function fails(t: ExecutionContext, args: string[], message: RegExp, code = 1): Promise<Result> {
  const { bench, cwd } = await workspace(t);
  const result = await bench(tiny('--timeout', `${timeoutSeconds}s`, '-p', 'rr,shared', ...args));

  t.deepEqual([result.code, result.stdout], [code, '']);
  t.regex(result.stderr, message);
  t.false(result.stderr.includes('cluster-bench/'), 'no stack of ours');
  t.true(result.seconds < timeoutSeconds + 2);
  t.deepEqual(await readdir(cwd), [], 'there is nothing to keep');
  return result;
}

test.serial('an app that is not there is said with where it was looked for', async (t) => {
  const message = /^bench: \.\/server\.js: there is no such app in \/.*\n$/;
  const result = await fails(t, ['./server.js'], message, 2);
  t.deepEqual(wordsOf(result), []);
});

test.serial('a verb with a slip in it is told from an app that is not there', async (t) => {
  await fails(
    t,
    ['docter'],
    /^bench: docter: there is no such verb, and no such app; did you mean bench doctor\?\n$/,
    2,
  );
});

test.serial('an app that throws at its start is quoted', async (t) => {
  const result = await fails(
    t,
    [app('throws.cjs')],
    /^bench: .*throws\.cjs ended with exit code 1 before it was listening\n/,
  );
  t.is(wordsOf(result)[0], 'reading the configuration');
  t.true(wordsOf(result).includes('Error: the database is not there'));
});

test.serial('an app that ends at once with exit code 0 is no success', async (t) => {
  const result = await fails(
    t,
    [app('exits.cjs')],
    /^bench: .*exits\.cjs ended with exit code 0 before it was listening\n/,
  );
  t.deepEqual(wordsOf(result), ['nothing to serve today']);
});

test.serial('an app that never listens is given up after --timeout', async (t) => {
  const result = await fails(
    t,
    [app('never-listens.cjs')],
    /^bench: .*never-listens\.cjs did not listen within --timeout 1s \(.*\)\. Raise it if the app needs longer\n/,
  );
  t.deepEqual(wordsOf(result), ['still thinking']);
});

test.serial('an app whose port is taken is quoted, and the one who has the port is left alone', async (t) => {
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const at = taken.address();
  const port = typeof at === 'object' && at !== null ? at.port : 0;

  const result = await fails(t, [app('http.cjs'), '--', String(port)], /^bench: /);
  t.true(result.stderr.includes(`EADDRINUSE`));
  t.true(result.stderr.includes(String(port)));
  t.true(taken.listening);
});

test.serial(
  'a built-in workload on a port that is taken fails each cell twice, and the record keeps that',
  async (t) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    t.teardown(() => taken.close());
    const at = taken.address();
    const port = String(typeof at === 'object' && at !== null ? at.port : 0);

    const { bench, record } = await workspace(t);
    const { code, stderr } = await bench(tiny('-p', 'rr', '-r', '3', '--timeout', '1s', '--port', port));
    t.is(code, 1);
    t.true(stderr.includes(port));
    const { trials } = await record();
    t.deepEqual(
      trials.map(({ valid, measuredSeconds }) => [valid, measuredSeconds]),
      [
        [false, 0],
        [false, 0],
      ],
    );
  },
);

test.serial('an app that prints megabytes and then fails is quoted by its last lines only', async (t) => {
  const result = await fails(t, [app('babbles.cjs'), '--', 'dies'], /^bench: .* ended with exit code 1 /);
  t.true(wordsOf(result).includes('Error: out of words'));
  t.true(wordsOf(result).length <= 100);
});

test.serial('an app that prints megabytes and listens is measured like any other', async (t) => {
  const { bench, record } = await workspace(t);
  const { code, stderr, seconds } = await bench(tiny('-p', 'rr,single', app('babbles.cjs')));
  t.deepEqual([code, stderr], [0, 'record: run.json\n']);
  t.true((await record()).trials.every(({ valid }) => valid));
  t.true(seconds < tenSeconds + 2, 'it is not the default --timeout that went on');
});
