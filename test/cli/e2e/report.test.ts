import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { encodeRun } from '../../../harness/encode.js';
import { tiny, workspace } from '../../helpers/bench.js';
import { buildRun, buildTrial } from '../../reports/build-run.js';

const content = [...encodeRun(buildRun([buildTrial()]))].join('');

const refuses = test.macro({
  title: (title) => `bench report says what is wrong with ${title}`,
  async exec(t: ExecutionContext, bytes: string | Uint8Array | undefined, problem: RegExp) {
    const { bench, cwd } = await workspace(t);
    if (bytes !== undefined) await writeFile(path.join(cwd, 'some.json'), bytes);
    const { code, stdout, stderr } = await bench(['report', 'some.json']);

    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, /^bench: some\.json[^\n]*\n$/);
    t.regex(stderr, problem);
  },
});

const random = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);

test.serial('a file that is not there', refuses, undefined, /does not exist/);
test.serial('an empty file', refuses, '', /is empty/);
test.serial('a file that was cut short', refuses, content.slice(0, content.length / 2), /is cut short/);
test.serial('a file that is not JSON', refuses, 'hello\n', /is not JSON/);
test.serial('a file of bytes that are no text', refuses, random, /is not JSON/);
test.serial('JSON of another program', refuses, '{"name": "x", "version": "1.0.0"}', /not ours/);
test.serial(
  'a file of a newer bench',
  refuses,
  content.replace(/"schemaVersion":\s*1\b/, '"schemaVersion": 2'),
  /written by a newer cluster-bench \(schema 2; this one reads 1\)\. Update with/,
);
test.serial(
  'a file with a field that was edited badly',
  refuses,
  content.replace(/"valid":\s*true/, '"valid": "perhaps"'),
  /is not a valid result of cluster-bench: trials\[0\]\.valid: /,
);

test.serial('bench report says what is wrong with a folder, and with no file at all', async (t) => {
  const { bench, cwd } = await workspace(t);
  await mkdir(path.join(cwd, 'folder'));
  const folder = await bench(['report', 'folder']);
  t.deepEqual(
    [folder.code, folder.stdout, folder.stderr],
    [2, '', 'bench: folder is a folder: name a result file in it\n'],
  );
  const none = await bench(['report']);
  t.deepEqual([none.code, none.stdout], [2, '']);
  t.regex(none.stderr, /^bench: report: a file is missing; .*\n$/);
});

test.serial('bench report reads a record with fields that it does not know, and keeps them', async (t) => {
  const { bench, cwd } = await workspace(t);
  await bench(tiny('-p', 'single'));
  const run = JSON.parse(await readFile(path.join(cwd, 'run.json'), 'utf8'));
  const before = await bench(['report', 'run.json']);
  run.trials[0].phaseOfTheMoon = 'full';
  await writeFile(path.join(cwd, 'run.json'), JSON.stringify(run));

  t.is((await bench(['report', 'run.json'])).stdout, before.stdout);
  const { stdout } = await bench(['report', 'run.json', '--json']);
  t.is(JSON.parse(stdout).trials[0].phaseOfTheMoon, 'full');
});
