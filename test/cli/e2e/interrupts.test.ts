import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { app, tiny, trialsIn, workspace } from '../../helpers/bench.js';
import { firstOf, thoroughly } from '../../helpers/thorough.js';
import { until } from '../../helpers/until.js';

/** Far more trials than a test waits for. */
const endless = ['-n', '200', '--warmup', '0', '-r', '1000', '-w', '2', '-o', 'run.json'];

const signals = [
  ['SIGINT', 130, 'Ctrl-C'],
  ['SIGTERM', 143, 'SIGTERM'],
] as const;
for (const [index, [signal, code, what]] of signals.entries()) {
  firstOf(index)(
    `${what} ends the run with its finished trials in the record and in the report`,
    async (t) => {
      const { start, bench, record, cwd } = await workspace(t);
      const { pid, result } = start([...endless, '-p', 'rr,shared']);
      await until(() => trialsIn(path.join(cwd, 'run.journal')) >= 2);
      // To the group, as a terminal does.
      process.kill(-pid, signal);
      const ended = await result;

      t.deepEqual([ended.code, ended.signal], [code, null]);
      const { interrupted, trials } = await record();
      t.is(ended.stderr, `interrupted after ${trials.length} of 2,000 trials\nrecord: run.json\n`);
      t.true(interrupted);
      t.true(trials.length >= 2);
      t.true(trials.every(({ valid }) => valid));
      t.regex(ended.stdout, /── compared ─/);
      t.is((await bench(['report', 'run.json'])).stdout, ended.stdout);
      t.deepEqual(await readdir(cwd), ['run.json']);
    },
  );
}

test.serial('Ctrl-C before the first trial has ended leaves nothing at all', async (t) => {
  const { start, cwd } = await workspace(t);
  const { pid, result } = start([...endless, '-p', 'rr', app('never-listens.cjs')]);
  await until(async () => (await readdir(path.join(cwd, '../tmp'))).length > 0);
  process.kill(-pid, 'SIGINT');

  const { code, stdout, stderr } = await result;
  t.deepEqual([code, stdout, stderr], [130, '', '']);
  t.deepEqual(await readdir(cwd), []);
});

test.serial('Ctrl-C in the first trial leaves no folder for results either', async (t) => {
  const { start, cwd } = await workspace(t);
  const { pid, result } = start(['--warmup', '60s', '-w', '2', '-p', 'rr']);
  await until(() => existsSync(path.join(cwd, 'bench-results')));
  process.kill(-pid, 'SIGINT');

  const { code, stdout, stderr } = await result;
  t.deepEqual([code, stdout, stderr], [130, '', '']);
  t.deepEqual(await readdir(cwd), []);
});

test.serial('a second Ctrl-C stops at once, even a server that does not want to', async (t) => {
  const { start, bench, cwd, gone } = await workspace(t);
  const { pid, result } = start([...endless, '-p', 'rr', '--timeout', '60s', app('stubborn.cjs')]);
  await until(() => trialsIn(path.join(cwd, 'run.journal')) >= 1);
  await writeFile(path.join(cwd, 'spin'), '');
  await until(() => existsSync(path.join(cwd, 'spinning')));

  let hasEnded = false;
  void result.then(() => {
    hasEnded = true;
  });
  process.kill(-pid, 'SIGINT');
  // A signal that is still pending would swallow the next.
  await new Promise((resolve) => setTimeout(resolve, 100));
  t.false(hasEnded, 'the first one lets a server take its time');
  process.kill(-pid, 'SIGINT');

  t.is((await result).code, 130);
  t.is((await result).stderr, 'the trials that ended are in run.journal, which bench report reads\n');
  await gone();
  const journal = await bench(['report', 'run.journal']);
  t.is(journal.code, 0);
});

thoroughly('a second Ctrl-C before the first trial has ended leaves nothing at all', async (t) => {
  const { start, cwd, gone } = await workspace(t);
  await writeFile(path.join(cwd, 'spin'), '');
  const { pid, result } = start([
    '-n',
    '200',
    '--warmup',
    '0',
    '-p',
    'rr',
    '--timeout',
    '60s',
    app('stubborn.cjs'),
  ]);
  const hasJournal = () => existsSync(path.join(cwd, 'bench-results'));
  await until(() => existsSync(path.join(cwd, 'spinning')) && hasJournal());
  process.kill(-pid, 'SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.kill(-pid, 'SIGINT');

  t.deepEqual([(await result).code, (await result).stderr], [130, '']);
  await gone();
  t.deepEqual((await readdir(cwd)).sort(), ['spin', 'spinning']);
});

thoroughly(
  'the journal that a second Ctrl-C names is that of this run, where another has its name',
  async (t) => {
    const { start, cwd, gone } = await workspace(t);
    await writeFile(path.join(cwd, 'run.journal'), '');
    const { pid, result } = start([...endless, '-p', 'rr', '--timeout', '60s', app('stubborn.cjs')]);
    await until(() => trialsIn(path.join(cwd, 'run.journal.2')) >= 1);
    await writeFile(path.join(cwd, 'spin'), '');
    await until(() => existsSync(path.join(cwd, 'spinning')));
    process.kill(-pid, 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.kill(-pid, 'SIGINT');

    t.is((await result).stderr, 'the trials that ended are in run.journal.2, which bench report reads\n');
    await gone();
  },
);

test.serial(
  'SIGKILL of bench takes every process and the temporary folder with it, but not the journal',
  async (t) => {
    const { start, bench, cwd, temporary, gone } = await workspace(t);
    const { pid, result } = start([...endless, '-p', 'rr', '--timeout', '60s', app('stubborn.cjs')]);
    await until(() => trialsIn(path.join(cwd, 'run.journal')) >= 1);
    await writeFile(path.join(cwd, 'spin'), '');
    await until(() => existsSync(path.join(cwd, 'spinning')));
    t.not((await readdir(temporary)).length, 0);
    process.kill(pid, 'SIGKILL');
    const killed = await result;

    t.is(killed.signal, 'SIGKILL');
    await gone();
    t.deepEqual(await readdir(temporary), []);
    const report = await bench(['report', 'run.journal']);
    t.is(report.code, 0);
    t.regex(report.stdout, /── rr ─/);
    t.regex(report.stdout, /[Ii]nterrupted/);
  },
);

test.serial('after a run that was killed the next one keeps its journal', async (t) => {
  const { start, bench, cwd, gone } = await workspace(t);
  const { pid, result } = start([...endless, '-p', 'single']);
  await until(() => trialsIn(path.join(cwd, 'run.journal')) >= 1);
  process.kill(pid, 'SIGKILL');
  await result;
  await gone();

  t.is((await bench(tiny('-p', 'single'))).code, 0);
  t.deepEqual(await readdir(cwd), ['run.journal', 'run.json']);
});
