import test from 'ava';
import { app, workspace } from '../../helpers/bench.js';
import { thoroughly } from '../../helpers/thorough.js';

const short = ['-n', '60', '--warmup', '0', '-w', '1', '-c', '4', '--timeout', '5s'];

test.serial('base and candidate run in blocks of two, and three pairs have no verdict', async (t) => {
  const { bench, record } = await workspace(t);
  const sides = ['--base', app('answers-late.cjs'), '--candidate', app('answers-late.cjs')];
  const { code, stdout, stderr } = await bench([
    ...['ab', ...sides, '--base-workers', '1', '--candidate-workers', '1', ...short],
    ...['--runs', '3', '-o', 'ab.json', '--gate', 'throughput'],
  ]);

  t.is(code, 0);
  t.regex(stderr, /^note: no metric can have a verdict after 3 pairs; it takes 8\. Use --runs 8 or more\n/);
  t.regex(stdout, /── candidate against base ─+ paired by block · 3 pairs ──/);
  t.regex(stdout, /\n {2}\? throughput is inconclusive, too few pairs for an interval/);
  const { trials, plan } = await record('ab.json');
  t.deepEqual(
    [1, 2, 3].map((run) =>
      trials
        .filter((trial) => trial.run === run)
        .map(({ cell }) => cell.side)
        .toSorted(),
    ),
    Array(3).fill(['base', 'candidate']),
  );
  t.like(plan, { runs: 3, fewestRuns: null, gate: ['throughput'] });

  t.is((await bench(['report', 'ab.json'])).stdout, stdout);
  const compared = await bench(['compare', 'ab.json', 'ab.json', '--fail-on', 'inconclusive']);
  t.is(compared.code, 97);
  t.regex(compared.stdout, /not paired · 3 and 3 trials/);
});

test.serial('files that differ in more than what is compared are refused, by name', async (t) => {
  const { bench } = await workspace(t);
  const run = (file: string, ...more: string[]) =>
    bench(['-p', 'rr', '-w', '1', '--warmup', '0', '-r', '1', '-o', file, ...more]);
  t.is((await run('one.json', '-n', '50')).code, 0);
  t.is((await run('other.json', '-n', '60')).code, 0);
  t.is((await run('echo.json', '-n', '50', '-l', 'echo')).code, 0);

  const different = await bench(['compare', 'one.json', 'other.json']);
  t.is(different.code, 2);
  t.is(
    different.stderr,
    'bench: one.json and other.json differ in more than what is compared: length of a trial is 50 requests and 60 requests. Measure both alike (bench ab does), or say --allow-different\n',
  );
  const allowed = await bench(['compare', 'one.json', 'other.json', '--allow-different']);
  t.is(allowed.code, 0);
  t.regex(allowed.stdout, /! length of a trial differs: 50 requests and 60 requests/);

  const apart = await bench(['compare', 'one.json', 'echo.json']);
  t.is(apart.code, 2);
  t.regex(
    apart.stderr,
    /^bench: the two runs have no cell in common: workload is connect and echo\. Measure both/,
  );
});

thoroughly(
  'a candidate that is slower by far is worse, which ends with 99; the other way round it is better',
  async (t) => {
    const { bench } = await workspace(t);
    const [quick, slow] = [app('answers-late.cjs'), app('answers-very-late.cjs')];
    const options = [...short, '--runs', '8', '--gate', 'throughput'];
    const run = (base: string, candidate: string) =>
      bench(['ab', '--base', base, '--candidate', candidate, ...options, '-o', 'ab.json']);

    const worse = await run(quick, slow);
    t.is(worse.code, 99);
    t.regex(worse.stdout, /\n {2}throughput\* .* worse\n/);
    t.is((await bench(['report', 'ab.json', '--fail-on', 'worse'])).code, 99);
    t.is((await bench(['report', 'ab.json', '--fail-on', 'none'])).code, 0);

    const better = await run(slow, quick);
    t.is(better.code, 0);
    t.regex(better.stdout, /\n {2}throughput\* .* better\n/);
  },
);
