import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { encodeRun } from '../../harness/encode.js';
import { BenchError } from '../../harness/errors.js';
import { readRun } from '../../harness/read-run.js';
import { temporaryFolder } from '../helpers/temporary.js';
import { buildRun, buildTrial } from '../reports/build-run.js';

const trials = [buildTrial({ run: 1 }), buildTrial({ run: 2 })];
const run = buildRun(trials);
const { finishedAt: _, interrupted: __, trials: ___, summary: ____, ...header } = run;
const whole = [...encodeRun(run)].join('');
const journal = `${[header, ...trials].map((line) => JSON.stringify(line)).join('\n')}\n`;

async function fileOf(t: ExecutionContext, content: string | Buffer): Promise<string> {
  const file = path.join(await temporaryFolder(t), 'run.json');
  await writeFile(file, content);
  return file;
}

/** The message without the file's name, which it begins with. */
async function problemOf(t: ExecutionContext, file: string): Promise<string> {
  const error = await t.throwsAsync(readRun(file), { instanceOf: BenchError });
  t.is(error.exitCode, 2);
  t.true(error.message.startsWith(file));
  t.notRegex(error.message, /[\n\p{Cc}]/u);
  return error.message.slice(file.length).trim();
}

test('a finished file is read, however it is laid out', async (t) => {
  t.deepEqual(await readRun(await fileOf(t, whole)), run);
  t.deepEqual(await readRun(await fileOf(t, JSON.stringify(run))), run);
  t.deepEqual(await readRun(await fileOf(t, JSON.stringify(run, null, 2))), run);
});

test('fields that a later version adds are kept', async (t) => {
  const later = { ...run, extra: 1, trials: [{ ...trials[0], laterField: { refusals: 3 } }] };
  t.deepEqual(await readRun(await fileOf(t, JSON.stringify(later))), later as never);
});

test('a journal is an interrupted run that ends with its last trial', async (t) => {
  const read = await readRun(await fileOf(t, journal));

  t.deepEqual(read, {
    ...header,
    finishedAt: '2026-07-01T12:00:02.010Z',
    interrupted: true,
    trials,
    summary: [],
  });
});

test('a journal without a trial ended when it began', async (t) => {
  const { finishedAt, trials } = await readRun(await fileOf(t, journal.slice(0, journal.indexOf('\n') + 1)));
  t.deepEqual({ finishedAt, trials }, { finishedAt: run.startedAt, trials: [] });
});

test('the last line of a journal may be cut short anywhere', async (t) => {
  const file = path.join(await temporaryFolder(t), 'run.journal');
  const lastLine = journal.lastIndexOf('\n', journal.length - 2) + 1;
  for (const end of [lastLine, lastLine + 1, lastLine + 500, journal.length - 2]) {
    await writeFile(file, journal.slice(0, end));
    t.deepEqual((await readRun(file)).trials, trials.slice(0, 1));
  }
});

test('a damaged line of a journal is named', async (t) => {
  const lines = journal.split('\n');
  const damaged = [lines[0], lines[1]?.slice(0, 100), lines[2], ''].join('\n');
  t.is(await problemOf(t, await fileOf(t, damaged)), 'is damaged: line 2 is not JSON');
});

test('a file that is cut short is said to be, and where', async (t) => {
  for (const end of [20, 300, whole.length - 3]) {
    const problem = await problemOf(t, await fileOf(t, whole.slice(0, end)));
    t.regex(problem, new RegExp(`^is cut short: its JSON ends after ${end} characters`));
  }
});

test('the file of a newer version is told from a damaged one, with the way to read it', async (t) => {
  const newer = JSON.stringify({ schemaVersion: 2, tool: { name: 'cluster-bench' }, trials: 'elsewhere' });
  const file = await fileOf(t, newer);
  const { message } = (await t.throwsAsync(readRun(file))) as Error;

  t.is(
    message,
    `${file}: written by a newer cluster-bench (schema 2; this one reads 1). Update with: npm i -g cluster-bench`,
  );
});

test('a journal of a newer version is told as well', async (t) => {
  const lines = journal.replace('"schemaVersion":1', '"schemaVersion":2');
  t.regex(await problemOf(t, await fileOf(t, lines)), /written by a newer cluster-bench/);
});

test('what is not ours is said to be so', async (t) => {
  const foreign = [
    '{"results":[]}',
    '[1,2]',
    '"text"',
    '{"schemaVersion":1,"tool":{"name":"other"}}',
    'null',
    '{"a":',
  ];
  for (const content of [...foreign, 'hello\nworld', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 10, 0xff])]) {
    t.regex(await problemOf(t, await fileOf(t, content)), /^is not a result of cluster-bench/);
  }
});

test('empty files, folders and files that are not there are said to be so', async (t) => {
  const folder = await temporaryFolder(t);

  t.is(await problemOf(t, await fileOf(t, '')), 'is empty');
  t.is(await problemOf(t, folder), 'is a folder: name a result file in it');
  t.is(await problemOf(t, path.join(folder, 'none.json')), 'does not exist');
});

test('a field that is not as the schema has it is named', async (t) => {
  const wrong = JSON.parse(await readFile(await fileOf(t, whole), 'utf8'));
  wrong.trials[1].workers[0].connections = 'many';

  t.is(
    await problemOf(t, await fileOf(t, JSON.stringify(wrong))),
    'is not a valid result of cluster-bench: trials[1].workers[0].connections: Invalid input: expected number, received string',
  );
});

test('so is a number among rows of counts', async (t) => {
  const problemWith = async (connections: unknown) => {
    const wrong = JSON.parse(whole);
    wrong.trials[0].timeline.connections = connections;
    return problemOf(t, await fileOf(t, JSON.stringify(wrong)));
  };
  const where = 'is not a valid result of cluster-bench: trials[0].timeline.connections';
  t.is(
    await problemWith([[1], [2, -3]]),
    `${where}[1][1]: Invalid input: expected a whole number from 0, received -3`,
  );
  t.is(await problemWith([[1], 2]), `${where}[1]: Invalid input: expected array, received 2`);
  t.is(await problemWith('many'), `${where}: Invalid input: expected array, received "many"`);
});
