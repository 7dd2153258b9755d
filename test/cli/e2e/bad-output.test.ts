import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readRun } from '../../../harness/read-run.js';
import { tiny, workspace } from '../../helpers/bench.js';

async function refuses(t: ExecutionContext, output: string, reason: RegExp): Promise<void> {
  const { bench, cwd } = await workspace(t);
  await mkdir(path.join(cwd, 'folder'));
  await writeFile(path.join(cwd, 'file'), 'mine');
  const { code, stdout, stderr } = await bench(tiny('-o', output));

  t.deepEqual([code, stdout], [2, '']);
  t.true(stderr.startsWith(`bench: --output ${output} cannot be written: `));
  t.regex(stderr, reason);
  t.is(stderr.trimEnd().split('\n').length, 1);
  t.deepEqual(await readdir(cwd, { recursive: true }), ['file', 'folder']);
}

test.serial('an output that is a folder is refused before the first trial', async (t) => {
  await refuses(t, 'folder', /it is a folder; name a file in it, such as folder\/run\.json/);
});

test.serial('an output under a file is refused before the first trial', async (t) => {
  await refuses(t, 'file/run.json', /not a directory/);
});

test.serial('an output that nobody may write is refused before the first trial', async (t) => {
  await refuses(t, '/proc/nothing/run.json', /no such file or directory/);
});

test.serial('a full output is said, the report is printed and no result is lost', async (t) => {
  const { bench, temporary } = await workspace(t);
  const { code, stdout, stderr } = await bench(tiny('-o', '/dev/full'));

  t.is(code, 1);
  t.regex(stdout, /── rr ─/);
  const [, file = ''] =
    /^bench: \/dev\/full could not be written: no space left on device \(ENOSPC\): the whole run is in (\S+)\n$/.exec(
      stderr,
    ) ?? [];
  t.is(path.dirname(file), temporary);
  t.is((await readRun(file)).trials.length, 1);
  t.is((await bench(['report', file])).stdout, stdout);
  await rm(file);
});

test.serial('a reader of stdout that leaves early is no error, and the record is there', async (t) => {
  const { bench, record } = await workspace(t);
  const shell = '{ "$@"; echo "exit code $?" >&2; } | head -1';
  const { code, stdout, stderr } = await bench(tiny('-p', 'rr,shared'), { shell });

  t.is(code, 0);
  t.regex(stdout, /^\$ bench .*\n$/);
  t.is(stderr, 'record: run.json\nexit code 0\n');
  t.is((await record()).trials.length, 2);
});

for (const [what, redirect] of [
  ['closed from the start', '>&-'],
  ['read by nobody', '| true'],
] as const) {
  test.serial(`a stdout that is ${what} is no reason for a stack trace`, async (t) => {
    const { bench, record } = await workspace(t);
    const { stdout, stderr } = await bench(tiny(), { shell: `"$@" ${redirect}` });
    t.deepEqual([stdout, stderr], ['', 'record: run.json\n']);
    t.is((await record()).trials.length, 1);
  });
}
