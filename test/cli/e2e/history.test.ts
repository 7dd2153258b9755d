import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { encodeRun } from '../../../harness/encode.js';
import type { RunRecord } from '../../../harness/record.js';
import { workspace } from '../../helpers/bench.js';
import { buildHistory } from '../../reports/build-history.js';

async function write(folder: string, records: readonly RunRecord[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Names in another order than time.
  for (const [index, record] of records.entries())
    await writeFile(path.join(folder, `run-${99 - index}.json`), encodeRun(record));
}

const slowerFrom14 = () => buildHistory({ runs: 30, speed: (run) => (run < 14 ? 1 : 0.88) });

test.serial('bench history says at which run throughput fell, from a folder of results', async (t) => {
  const { bench, cwd } = await workspace(t);
  await write(path.join(cwd, 'results'), slowerFrom14());
  await writeFile(path.join(cwd, 'results', 'package.json'), '{}');
  const { code, stdout, stderr } = await bench(['history', 'results', '--no-color']);

  t.deepEqual([code, stderr], [0, '']);
  t.regex(
    stdout.replace(/\s+/g, ' '),
    /throughput fell by 1\d\.\d % .* at run 14 of 30, 2026-10-14 07:57 UTC, bench 0\.1\.0/,
  );
  t.regex(stdout, /▲ 14/);
  t.regex(stdout, /1 file left out, no result of cluster-bench: results\/package\.json/);
  t.is((await bench(['history', 'results'])).stdout, stdout);
});

test.serial('bench history --json has the series and the changes of the metrics asked for', async (t) => {
  const { bench, cwd } = await workspace(t);
  await write(cwd, slowerFrom14());
  const { code, stdout } = await bench([
    'history',
    '.',
    '--json',
    '--metric',
    'p50,cpu',
    '--seed',
    '3',
    '-p',
    'rr',
  ]);
  const { cells, method, runs, skipped } = JSON.parse(stdout);

  t.deepEqual([code, runs.length, method.seed, skipped], [0, 30, 3, []]);
  t.deepEqual(
    cells[0].series.map(
      ({ metric, points, changes }: { metric: string; points: []; changes: { run: number }[] }) => [
        metric,
        points.length,
        changes.map(({ run }) => run),
      ],
    ),
    [
      ['p50', 30, [14]],
      ['cpu', 30, [14]],
    ],
  );
});

test.serial('bench history takes files by name, and says what is wrong with them', async (t) => {
  const { bench, cwd } = await workspace(t);
  await write(cwd, buildHistory({ runs: 2 }));
  await writeFile(path.join(cwd, 'other.json'), '{}');
  await mkdir(path.join(cwd, 'empty'));

  t.is((await bench(['history', 'run-98.json', 'run-99.json'])).code, 0);
  for (const [names, problem] of [
    [
      ['run-99.json', 'other.json'],
      /^bench: other\.json is not a result of cluster-bench: it is JSON, but not ours\n$/,
    ],
    [['run-99.json'], /^bench: run-99\.json: one run has no history; name the files of two runs at least\n$/],
    [['empty'], /^bench: empty: no result of cluster-bench is in this folder; .*\n$/],
    [['nowhere'], /^bench: nowhere does not exist\n$/],
    [['.', '-p', 'shared'], /^bench: --policy shared: no run has it; there are rr\n$/],
    [[], /^bench: history: a folder or files are missing; .*\n$/],
  ] as const) {
    const { code, stdout, stderr } = await bench(['history', ...names]);
    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, problem);
  }
});
