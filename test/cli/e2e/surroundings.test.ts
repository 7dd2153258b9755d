import { cp, mkdir, readdir, rmdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { app, mainPath, tiny, workspace } from '../../helpers/bench.js';
import { firstOf, thoroughly } from '../../helpers/thorough.js';

const dist = path.resolve(mainPath, '../..');

const surroundings = [
  ['an empty environment but for TMPDIR', { HOME: undefined, PATH: undefined }],
  ['no HOME', { HOME: undefined }],
  ['no PATH, so no npm', { PATH: undefined }],
  ['NODE_OPTIONS of the user', { NODE_OPTIONS: '--no-warnings --max-old-space-size=200' }],
  ['a scheduling policy of the user', { NODE_CLUSTER_SCHED_POLICY: 'none', WEB_CONCURRENCY: '7' }],
] as const;
for (const [index, [what, env]] of surroundings.entries()) {
  firstOf(index)(`bench runs with ${what}`, async (t) => {
    const { bench, record } = await workspace(t);
    const { code, stderr } = await bench(tiny('-p', 'rr', app('http.mjs')), { env });
    t.deepEqual([code, stderr], [0, 'record: run.json\n']);
    t.deepEqual(
      (await record()).trials.map(({ valid, mechanism, workers }) => [
        valid,
        mechanism.detected,
        workers.length,
      ]),
      [[true, 'round-robin', 2]],
    );
  });
}

test.serial('bench runs with spaces and quotes in the name of TMPDIR', async (t) => {
  const { bench, record, temporary } = await workspace(t);
  const TMPDIR = path.join(temporary, `it's "my" tmp`);
  await mkdir(TMPDIR);
  t.is((await bench(tiny('-p', 'rr,shared'), { env: { TMPDIR } })).code, 0);
  t.true((await record()).trials.every(({ valid }) => valid));
  t.deepEqual(await readdir(temporary, { recursive: true }), [path.basename(TMPDIR)]);
  await rmdir(TMPDIR);
});

test.serial('a folder that is gone is said to be, without a stack', async (t) => {
  const { bench } = await workspace(t);
  const shell = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
  const { code, stdout, stderr } = await bench(tiny(), { shell });
  t.deepEqual(
    [code, stdout, stderr],
    [2, '', 'bench: the folder that you are in is no longer there: change to another\n'],
  );
});

for (const [what, args] of [
  ['a built-in workload', []],
  ['an app', [app('http.mjs')]],
] as const) {
  test.serial(`a TMPDIR that cannot be written to is named before ${what} is measured`, async (t) => {
    const { bench, cwd } = await workspace(t);
    const TMPDIR = path.join(cwd, 'file');
    await writeFile(TMPDIR, '');
    const everything = ['-n', '200', '-r', '3', '-w', '2', '-p', 'rr', ...args];
    const { code, stdout, stderr } = await bench(everything, { env: { TMPDIR } });

    t.deepEqual([code, stdout], [2, '']);
    t.regex(
      stderr,
      /^bench: a temporary folder cannot be made \(ENOTDIR.*\): set TMPDIR to a folder that can be written to\n$/,
    );
    t.deepEqual(await readdir(cwd), ['file']);
  });
}

thoroughly('bench runs where it is installed in a folder with spaces and quotes', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  const installed = path.join(cwd, `it's "my" bench`);
  await cp(dist, path.join(installed, 'dist'), { recursive: true });
  await cp(path.join(dist, '../package.json'), path.join(installed, 'package.json'));
  await symlink(path.join(dist, '../node_modules'), path.join(installed, 'node_modules'));

  const main = path.join(installed, 'dist/cli/main.js');
  t.is((await bench(tiny('-p', 'rr,shared', '-l', 'http'), { main })).code, 0);
  t.true((await record()).trials.every(({ valid }) => valid));
});

test.serial('two runs at once in one folder keep apart, and each keeps its record', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  const args = ['-n', '200', '--warmup', '0', '-r', '1', '-w', '2', '-p', 'rr'];
  const both = await Promise.all([bench(args), bench(args)]);

  t.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
  );
  const files = both.map(({ stderr }) => stderr.replace(/^record: (.*)\n$/, '$1'));
  t.is(new Set(files).size, 2);
  t.deepEqual(
    (await readdir(path.join(cwd, 'bench-results'))).sort(),
    files.map((file) => path.basename(file)).sort(),
  );
  for (const [index, file] of files.entries()) {
    const { trials } = await record(file);
    t.true(trials[0]?.valid);
    t.true(both[index]?.stdout.includes(String(trials[0]?.workers[0]?.pid)));
  }
});
