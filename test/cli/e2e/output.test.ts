import { spawnSync } from 'node:child_process';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { readRun } from '../../../harness/read-run.js';
import { tiny, workspace } from '../../helpers/bench.js';

/** What every colour and movement begins with. */
const ESC = '\u001b';
const packageFile = new URL('../../../../package.json', import.meta.url);
/** Long enough for charts. */
const exampleRun = new URL('../../../../examples/reports/run.json', import.meta.url);

function narrow(t: ExecutionContext, text: string): void {
  t.deepEqual(
    text.split('\n').filter((line) => line.length > 80),
    [],
  );
}

test.serial(
  '--json puts the file’s content on stdout and nothing else, and no report on stderr',
  async (t) => {
    const { bench, cwd } = await workspace(t);
    const { code, stdout, stderr } = await bench(tiny('--json'));

    t.is(code, 0);
    t.is(stdout, await readFile(path.join(cwd, 'run.json'), 'utf8'));
    t.is(stderr, 'record: run.json\n');
    t.is((await bench(['report', 'run.json', '--json'])).stdout, stdout);
  },
);

test.serial('--quiet leaves stderr empty', async (t) => {
  const { bench } = await workspace(t);
  const { code, stdout, stderr } = await bench(tiny('--quiet'));

  t.deepEqual([code, stderr], [0, '']);
  t.regex(stdout, /── rr ─/);
});

test.serial('without --output the record is in bench-results, named by the time', async (t) => {
  const { bench, cwd } = await workspace(t);
  const args = ['-n', '50', '--warmup', '0', '-r', '1', '-w', '1', '-p', 'single'];
  const { code, stderr } = await bench(args);

  t.is(code, 0);
  const [name = '', ...others] = await readdir(path.join(cwd, 'bench-results'));
  t.deepEqual(others, []);
  t.regex(name, /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.json$/);
  t.is(stderr, `record: bench-results/${name}\n`);
  t.is((await readRun(path.join(cwd, 'bench-results', name))).trials.length, 1);
});

test.serial('--output names a file in a folder that is not there yet', async (t) => {
  const { bench, cwd, record } = await workspace(t);
  t.is((await bench(tiny('-o', 'a folder/“b”/run'))).code, 0);
  t.deepEqual(await readdir(path.join(cwd, 'a folder/“b”')), ['run']);
  t.is((await record('a folder/“b”/run')).trials.length, 1);
});

test.serial('--output /dev/null keeps no record and takes nothing from the report', async (t) => {
  const { bench, cwd } = await workspace(t);
  const { code, stdout } = await bench(tiny('-o', '/dev/null'));

  t.is(code, 0);
  t.regex(stdout, /── rr ─/);
  t.deepEqual(await readdir(cwd), []);
});

// util-linux has the one that takes a command. The terminal that it makes has no size until it is given one.
const hasScript = /util-linux/.test(String(spawnSync('script', ['--version']).stdout));
const onTerminal = hasScript ? test.serial : test.serial.skip;
const without = hasScript ? '' : ' (skipped: no script of util-linux here to make a terminal with)';

onTerminal(
  `on a terminal a live line on stderr follows the trials and is wiped in the end${without}`,
  async (t) => {
    const { bench, cwd } = await workspace(t);
    const { code, stdout: typescript } = await bench(tiny('-p', 'rr,shared'), {
      shell: 'exec script -qec "stty cols 80 rows 24; $(printf "\'%s\' " "$@") > out.txt" /dev/null',
    });

    t.is(code, 0);
    const stdout = await readFile(path.join(cwd, 'out.txt'), 'utf8');
    t.regex(stdout, /── compared ─/);
    t.false(stdout.includes(ESC));
    t.false(stdout.includes('left'));
    const said = stripVTControlCharacters(typescript);
    t.regex(said, /(rr|shared) × 2 · trial 1 of 2 · \d+ s left/);
    t.regex(said, /(rr|shared) × 2 · trial 2 of 2 · \d+ s left · (rr|shared) × 2: [\d,]+ connections\/s/);
    t.deepEqual(screenOf(typescript), ['record: run.json']);
  },
);

onTerminal(
  `a report is in colour on a terminal, and plain with --no-color or NO_COLOR${without}`,
  async (t) => {
    const { bench, cwd } = await workspace(t);
    await copyFile(exampleRun, path.join(cwd, 'run.json'));
    const shown = async (prefix: string, ...args: string[]) => {
      const shell = `exec script -qec "stty cols 80 rows 24; ${prefix} $(printf "'%s' " "$@")" /dev/null`;
      return (await bench(['report', 'run.json', ...args], { shell })).stdout.replaceAll('\r\n', '\n');
    };
    const coloured = await shown('');
    const plain = await bench(['report', 'run.json']);

    t.true(coloured.includes(ESC));
    t.is(uncoloured(coloured), plain.stdout);
    t.is(await shown('', '--no-color'), plain.stdout);
    t.is(await shown('NO_COLOR=1'), plain.stdout);
    t.is(await shown('TERM=dumb'), plain.stdout);
  },
);

test.serial('a pipe is coloured where that is asked for, by --color or by FORCE_COLOR', async (t) => {
  const { bench, cwd } = await workspace(t);
  await copyFile(exampleRun, path.join(cwd, 'run.json'));
  const shown = async (env: Record<string, string>, ...args: string[]) =>
    (await bench(['report', 'run.json', ...args], { env })).stdout;
  const plain = await shown({});
  const coloured = await shown({}, '--color');

  t.false(plain.includes(ESC));
  t.true(coloured.includes(ESC));
  t.is(uncoloured(coloured), plain);
  t.is(await shown({ FORCE_COLOR: '1' }), coloured);
  t.is(await shown({ FORCE_COLOR: '0' }), plain);
  t.is(await shown({ FORCE_COLOR: '1' }, '--no-color'), plain);
  t.is(await shown({ NO_COLOR: '1', FORCE_COLOR: '1' }), plain);
});

/** As it is without colour, where the lines of a chart cannot be told apart and are not named. */
function uncoloured(report: string): string {
  return stripVTControlCharacters(report).replaceAll(
    / over time( {2}─ \d)+$/gm,
    ' over time, a line per slot',
  );
}

/** What is left to see of what was written to a terminal: only what erasing and going back is understood. */
function screenOf(typescript: string): string[] {
  const lines = [''];
  let row = 0;
  const tokens = new RegExp(`${ESC}\\[\\??(\\d*)([A-Za-z])|\\r?\\n|\\r|[^${ESC}\\r\\n]+`, 'g');
  for (const [token, count, command] of typescript.matchAll(tokens)) {
    if (token.endsWith('\n')) lines[++row] ??= '';
    else if (command === 'A') row = Math.max(0, row - Number(count || 1));
    else if (command === 'K') lines[row] = '';
    else if (command === 'J') lines.splice(row + 1);
    else if (command === undefined && token !== '\r') lines[row] += token;
  }
  return lines.filter((line) => line !== '');
}

test.serial('a pipe gets no live line', async (t) => {
  const { bench } = await workspace(t);
  t.is((await bench(tiny('-p', 'single'))).stderr, 'record: run.json\n');
});

test.serial('--version says the version of the package', async (t) => {
  const { bench } = await workspace(t);
  const { version } = JSON.parse(await readFile(packageFile, 'utf8'));
  const { code, stdout, stderr } = await bench(['--version']);
  t.deepEqual([code, stdout, stderr], [0, `${version}\n`, '']);
});

test.serial('--help names every policy, workload and verb in 80 columns', async (t) => {
  const { bench } = await workspace(t);
  const { code, stdout, stderr } = await bench(['--help']);

  t.deepEqual([code, stderr], [0, '']);
  for (const word of ['single', 'rr', 'shared', 'reuseport', 'connect', 'echo', 'http', '  report FILE'])
    t.true(stdout.includes(word), word);
  narrow(t, stdout);
});

test.serial('completion prints a script for the shell, which completes what there is', async (t) => {
  const { bench } = await workspace(t);
  const { code, stdout } = await bench(['completion'], { env: { SHELL: '/bin/bash' } });
  t.is(code, 0);
  t.is(spawnSync('bash', ['-n'], { input: stdout }).status ?? 0, 0);
  t.regex(stdout, /complete .* bench/);

  const completed = await bench(['--get-yargs-completions', 'bench', '--poli']);
  t.regex(completed.stdout, /^--policy/m);
});
