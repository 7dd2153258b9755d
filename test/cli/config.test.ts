import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { flagNamed, flagNames } from '../../cli/options.js';
import { parse } from '../../cli/parse.js';
import { BenchError, exitCode } from '../../harness/errors.js';
import { known, optionsOf } from './known.js';

async function fileWith(t: ExecutionContext, content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-config-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const file = join(folder, 'bench.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('a file says what flags say, with lists, numbers and booleans of JSON', async (t) => {
  const file = await fileWith(t, {
    policy: ['rr', 'none'],
    workers: [2, 4],
    node: 20,
    duration: 0.5,
    warmup: '100ms',
    json: true,
    color: false,
    app: './server.js',
    args: ['--port', 3000],
  });

  t.deepEqual(await optionsOf('--config', file), {
    policy: ['rr', 'shared'],
    workers: [2, 4],
    node: ['20'],
    duration: 0.5,
    warmup: 0.1,
    json: true,
    color: false,
    app: './server.js',
    args: ['--port', '3000'],
  });
});

test('every long flag but those about the command line, or of a verb that reads no file, is a key', async (t) => {
  for (const flag of flagNames.filter((name) => !['config', 'help', 'version', 'metric'].includes(name))) {
    const file = await fileWith(t, { [flag]: flagNamed(flag).value === undefined ? 1 : true });
    const error = await t.throwsAsync(optionsOf('--config', file));
    t.true(error.message.startsWith(`${file}: ${flag} `), error.message);
  }
});

test('flags win over the file', async (t) => {
  const file = await fileWith(t, { workers: [2, 4], runs: 3, color: true, json: true });

  t.deepEqual(await optionsOf('--config', file, '-w', '8', '--no-color'), {
    workers: [8],
    runs: { fewest: 3, most: 3 },
    color: false,
    json: true,
    args: [],
  });
});

test('a count on the command line takes the place of a duration in the file, and the reverse', async (t) => {
  const timed = await fileWith(t, { duration: '2s' });
  const counted = await fileWith(t, { requests: 100 });

  t.deepEqual(await optionsOf('--config', timed, '-n', '100'), { requests: 100, args: [] });
  t.deepEqual(await optionsOf('--config', counted, '-d', '2s'), { duration: 2, args: [] });
});

test('an app on the command line takes the place of a workload or another app in the file', async (t) => {
  const workload = await fileWith(t, { workload: 'http' });
  const app = await fileWith(t, { app: './other.js', args: ['1'] });

  t.deepEqual(await optionsOf('--config', workload, './a.js'), { app: './a.js', args: [] });
  t.deepEqual(await optionsOf('--config', app, './a.js'), { app: './a.js', args: [] });
  t.deepEqual(await optionsOf('--config', app, '-l', 'echo'), { workload: 'echo', args: [] });
});

test('arguments after -- take the place of those in the file, and none after it means none', async (t) => {
  const file = await fileWith(t, { app: './a.js', args: ['1'] });

  t.deepEqual((await optionsOf('--config', file)).args, ['1']);
  t.deepEqual((await optionsOf('--config', file, '--', '2')).args, ['2']);
  t.deepEqual((await optionsOf('--config', file, '--')).args, []);
});

test('what is in a list may have a comma in it', async (t) => {
  const file = await fileWith(t, {
    workload: 'http',
    path: ['/a,b', '/c'],
    header: ['accept: text/html,text/plain', 'x: y'],
  });
  const { path, header } = await optionsOf('--config', file);

  t.deepEqual(path, ['/a,b', '/c']);
  t.deepEqual(header, [
    ['accept', 'text/html,text/plain'],
    ['x', 'y'],
  ]);
});

const refuses = test.macro({
  title: (_, content: string) => `refused as a file: ${content}`,
  async exec(t, content: string, complaint: string | RegExp) {
    const file = await fileWith(t, content);
    const error = await t.throwsAsync(parse(['--config', file], known), { instanceOf: BenchError });
    const message = error.message.replaceAll(file, 'FILE');
    if (typeof complaint === 'string') t.is(message, complaint);
    else t.regex(message, complaint);
    t.is(error.exitCode, exitCode.usage);
  },
});

const workers = 'expected whole numbers from 1, such as 2,4,8';
const keysAre = 'keys are the long flags of bench --help, without --, and app and args';

test(refuses, '{"workers": "abc"}', `FILE: workers abc: ${workers}`);
test(refuses, '{"workers": [2, 1.5]}', `FILE: workers 1.5: ${workers}`);
test(refuses, '{"workers": []}', `FILE: workers: a value is missing; ${workers}`);
test(refuses, '{"workers": [[2]]}', 'FILE: workers [[2]]: expected text, a number or a list of them');
test(refuses, '{"runs": [2]}', 'FILE: runs [2]: expected text or a number');
test(refuses, '{"runs": null}', 'FILE: runs null: expected text or a number');
test(refuses, '{"json": "yes"}', 'FILE: json "yes": expected true or false');
test(
  refuses,
  '{"policy": ["rrr"]}',
  'FILE: policy rrr: expected single, rr, shared, reuseport or weighted; did you mean rr?',
);
test(refuses, '{"worker": 2}', 'FILE: worker: unknown key; did you mean workers?');
test(refuses, '{"banana": 2}', `FILE: banana: unknown key; ${keysAre}`);
test(refuses, '{"w": 2}', `FILE: w: unknown key; ${keysAre}`);
test(refuses, '{"__proto__": 2}', `FILE: __proto__: unknown key; ${keysAre}`);
test(refuses, '{"config": "b.json"}', `FILE: config: unknown key; ${keysAre}`);
test(refuses, '{"app": 3}', 'FILE: app 3: expected the path of an app, such as "./server.js"');
test(
  refuses,
  '{"app": "a.js", "args": "-v"}',
  'FILE: args "-v": expected a list of arguments, such as ["--port", "3000"]',
);
test(
  refuses,
  '{"requests": 5, "duration": "2s"}',
  'FILE: requests 5 and FILE: duration 2s: a trial ends by a count or by time; leave one of them out',
);
test(
  refuses,
  '{"policy": ["weighted"], "weights": [3, 1], "workers": [2, 4]}',
  'FILE: weights 3,1 and FILE: workers 2,4: 2 weights are for 2 workers; give 4, or leave --workers out',
);
test(refuses, '[]', '--config FILE: expected a JSON object, such as {"policy": ["rr", "shared"]}');
test(refuses, '{\n"workers": 2,\n}', /^--config FILE: expected JSON: [^\n]+$/);
test(refuses, '', /^--config FILE: expected JSON: [^\n]+$/);

test('a file that is not there is named, and so is one that cannot be read', async (t) => {
  await t.throwsAsync(parse(['--config', '/nowhere/bench.json'], known), {
    instanceOf: BenchError,
    message: '--config /nowhere/bench.json: there is no such file',
  });
  await t.throwsAsync(parse(['--config', '/'], known), {
    instanceOf: BenchError,
    message: '--config /: it cannot be read (illegal operation on a directory (EISDIR))',
  });
});
