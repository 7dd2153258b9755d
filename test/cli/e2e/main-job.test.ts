import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { tiny, workspace } from '../../helpers/bench.js';

test.serial(
  'the main job shows both policies and keeps a record in which every connection is somebody’s',
  async (t) => {
    const { bench, record, cwd } = await workspace(t);
    const { code, stdout, stderr } = await bench([
      ...['--policy', 'rr,shared', '--workers', '4'],
      ...['-n', '200', '--warmup', '0', '-r', '1', '-o', 'run.json'],
    ]);

    t.is(code, 0);
    t.is(stderr, 'record: run.json\n');
    t.regex(stdout, /[\d,]+ connections\/s/);
    t.regex(stdout, /── rr ─.* round-robin · 1 trial ──/);
    t.regex(stdout, /── shared ─.* shared · 1 trial ──/);
    t.regex(stdout, /── compared ─/);
    t.false(stdout.includes('\u001b'));
    t.deepEqual(
      stdout.split('\n').filter((line) => line.length > 80),
      [],
    );

    const { trials, summary, interrupted, plan } = await record();
    t.false(interrupted);
    t.deepEqual(plan.policies, ['rr', 'shared']);
    t.deepEqual(trials.map(({ cell }) => cell.policy).sort(), ['rr', 'shared']);
    t.is(summary.length, 2);
    for (const { workers, client, conservation, mechanism, valid, cell } of trials) {
      t.true(valid);
      t.is(mechanism.detected, cell.policy === 'rr' ? 'round-robin' : 'shared');
      t.deepEqual([client.opened, conservation.attributed, conservation.unattributed], [200, 200, 0]);
      t.true(conservation.holds);
      t.is(
        workers.reduce((sum, { connections }) => sum + connections, 0),
        200,
      );
      t.deepEqual(
        workers.map(({ slot }) => slot),
        [0, 1, 2, 3],
      );
      for (const { pid } of workers) t.regex(stdout, new RegExp(`\\b${pid}  `));
    }
    t.deepEqual(await readdir(cwd), ['run.json'], 'the journal is removed at the end');
  },
);

test.serial('bench report prints the same report, byte for byte, from the file alone', async (t) => {
  const { bench, record } = await workspace(t);
  const { stdout } = await bench(tiny('-p', 'rr,shared,single'));
  t.deepEqual(await bench(['report', 'run.json']).then(({ seconds, ...rest }) => rest), {
    code: 0,
    signal: null,
    stdout,
    stderr: '',
  });
  await record();
});

test.serial('single stands among the others as one worker, whatever --workers says', async (t) => {
  const { bench, record } = await workspace(t);
  t.is((await bench(tiny('-p', 'single,rr', '-w', '2,3'))).code, 0);

  const { trials } = await record();
  t.deepEqual(trials.map(({ cell }) => `${cell.policy} ${cell.workers}`).sort(), [
    'rr 2',
    'rr 3',
    'single 1',
  ]);
  const single = trials.find(({ cell }) => cell.policy === 'single');
  t.is(single?.mechanism.detected, 'single');
  t.is(single?.workers[0]?.connections, 200);
});

for (const workload of ['echo', 'http']) {
  test.serial(
    `the ${workload} workload is measured under rr and shared, and every connection is attributed`,
    async (t) => {
      const { bench, record } = await workspace(t);
      const { code, stdout } = await bench(tiny('-l', workload, '-c', '10', '-p', 'rr,shared'));

      t.is(code, 0);
      t.regex(stdout, /[\d,]+ requests\/s/);
      const { trials } = await record();
      t.is(trials.length, 2);
      for (const { cell, conservation, client, workers, latency } of trials) {
        t.is(cell.workload, workload);
        t.is(cell.driver, workload === 'http' ? 'autocannon' : 'raw');
        t.true(conservation.holds);
        t.is(client.opened, 10);
        t.deepEqual([client.requestsCompleted, client.requestsFailed], [200, 0]);
        t.is(
          workers.reduce((sum, { requests }) => sum + requests, 0),
          200,
        );
        t.is((latency.response ?? latency.service)?.count, 200);
      }
    },
  );
}

test.serial(
  'a trial by duration lasts as long as was asked for, and its counts are conserved too',
  async (t) => {
    const { bench, record } = await workspace(t);
    const args = ['-d', '300ms', '--warmup', '100ms', '-r', '1', '-w', '2', '-p', 'shared', '-o', 'run.json'];
    t.is((await bench(args)).code, 0);

    const { trials, plan } = await record();
    t.deepEqual([plan.durationSeconds, plan.warmupSeconds, plan.requests], [0.3, 0.1, null]);
    t.true(trials[0]?.conservation.holds);
    t.true((trials[0]?.client.completedByDeadline ?? 0) > 0);
    t.true((trials[0]?.measuredSeconds ?? 0) >= 0.3);
  },
);

test.serial(
  'several runs are so many blocks, each with every cell once, in an order that the seed gives',
  async (t) => {
    const { bench, record } = await workspace(t);
    const trialsOf = async (file: string) => {
      const { code, stdout } = await bench(tiny('-p', 'single,shared', '-r', '2', '--seed', '3', '-o', file));
      t.is(code, 0);
      t.regex(stdout, /trial \d of 2/);
      const { trials, plan } = await record(file);
      t.is(plan.seed, 3);
      return trials.map(({ run, cell }) => `${run} ${cell.policy}`);
    };
    const trials = await trialsOf('a.json');

    t.deepEqual(
      trials.map((trial) => trial.split(' ')[0]),
      ['1', '1', '2', '2'],
    );
    t.is(new Set(trials).size, 4);
    t.deepEqual(await trialsOf('b.json'), trials);
  },
);

test.serial('options come from a --config file, and flags win over it', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  const config = {
    policy: ['rr', 'shared'],
    workers: 3,
    requests: 150,
    runs: 1,
    warmup: 0,
    output: 'run.json',
  };
  await writeFile(path.join(cwd, 'bench.json'), JSON.stringify(config));
  t.is((await bench(['--config', 'bench.json', '-p', 'shared'])).code, 0);

  const { trials, plan } = await record();
  t.deepEqual([plan.policies, plan.workers, plan.requests], [['shared'], [3], 150]);
  t.is(trials[0]?.client.opened, 150);
  t.deepEqual(JSON.parse(await readFile(path.join(cwd, 'bench.json'), 'utf8')), config);
});
