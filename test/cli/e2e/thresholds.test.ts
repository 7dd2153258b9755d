import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { tiny, workspace } from '../../helpers/bench.js';

const small = (...args: string[]) => tiny('-n', '100', '-w', '2', '-r', '1', '-p', 'rr,shared', ...args);

test.serial('thresholds that hold are listed and kept, and the run is fine', async (t) => {
  const { bench, record } = await workspace(t);
  const { code, stdout } = await bench(small('--threshold', 'errors==0', '--threshold', 'rr:p99<60s'));

  t.is(code, 0);
  t.regex(
    stdout,
    /\n── thresholds ─+ all hold ──\n {2}✓ errors==0 +rr: 0 · shared: 0\n {2}✓ rr:p99<60s +\S+ \S+\n$/,
  );
  const { thresholds = [] } = await record();
  t.deepEqual(
    thresholds.map(({ threshold, cell, unit, limit, passed }) => [
      threshold,
      cell?.policy,
      unit,
      limit,
      passed,
    ]),
    [
      ['errors==0', 'rr', 'number', 0, true],
      ['errors==0', 'shared', 'number', 0, true],
      ['rr:p99<60s', 'rr', 'us', 60_000_000, true],
    ],
  );
});

test.serial('a threshold that is missed ends a run, and a report that is asked, with 99', async (t) => {
  const { bench, cwd } = await workspace(t);
  await writeFile(path.join(cwd, 'bench.json'), JSON.stringify({ threshold: ['errors==0', 'p50<1us'] }));
  const run = await bench(small('--config', 'bench.json'));

  t.is(run.code, 99);
  t.regex(
    run.stdout,
    /── 1 of 2 thresholds missed ──\n {2}✓ errors==0 .*\n {2}✗ p50<1us +rr: \S+ \S+ · shared: \S+ \S+\n$/,
  );
  const again = await bench(['report', 'run.json']);
  t.deepEqual([again.code, again.stdout], [0, run.stdout]);
  t.is((await bench(['report', 'run.json', '--fail-on', 'threshold'])).code, 99);
  t.is((await bench(['report', 'run.json', '--threshold', 'errors==0'])).code, 0);
  t.is((await bench(['report', 'run.json', '--threshold', 'p50<1us', '--fail-on', 'none'])).code, 0);
  const { code, stdout } = await bench([
    'report',
    'run.json',
    '--json',
    '--threshold',
    'shared:service.p99<9s',
  ]);
  t.is(code, 99);
  t.like(JSON.parse(stdout).thresholds, [{ threshold: 'shared:service.p99<9s', value: null, passed: false }]);
  const unknown = await bench(['report', 'run.json', '--threshold', 'handle:errors==0']);
  t.is(unknown.code, 2);
  t.regex(
    unknown.stderr,
    /^bench: --threshold handle:errors==0: the run has no policy handle, but rr, shared; .*\n$/,
  );
});
