import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { TrialRecord } from '../../../harness/record.js';
import { app, tiny, workspace } from '../../helpers/bench.js';
import { firstOf } from '../../helpers/thorough.js';

const connections = 10;
/** What dies-once.cjs lets its victim take. */
const takenByVictim = 20;

/** Two trials, in the first of which a process of the server is killed. */
async function trialsOf(t: ExecutionContext, policy: string, ...words: string[]): Promise<TrialRecord[]> {
  const { bench, record } = await workspace(t);
  const limits = ['-r', '2', '-c', String(connections), '--timeout', '1s'];
  const { code, stdout, stderr } = await bench(
    tiny('-p', policy, ...limits, app('dies-once.cjs'), '--', ...words),
  );

  t.deepEqual([code, stderr], [98, 'record: run.json\n']);
  t.regex(stdout, /SIGKILL/);
  const { trials } = await record();
  t.deepEqual(
    trials.map(({ run, valid }) => [run, valid]),
    [
      [1, false],
      [2, true],
    ],
  );
  t.is(trials[1]?.conservation.unattributed, 0);
  return trials;
}

for (const [index, policy] of ['rr', 'shared'].entries()) {
  firstOf(index)(
    `a worker of ${policy} that is killed stands in the record with its exit, and the run goes on`,
    async (t) => {
      const [trial] = await trialsOf(t, policy);

      t.is(trial?.error?.code, 'worker-exit');
      const exits = trial?.workers.flatMap(({ exit }) => (exit === undefined ? [] : [exit])) ?? [];
      t.deepEqual(
        exits.map(({ code, signal }) => ({ code, signal })),
        [{ code: null, signal: 'SIGKILL' }],
      );
      t.true((exits[0]?.atSeconds ?? -1) > 0);
      const { opened = 0, attributed = 0, unattributed = 0 } = trial?.conservation ?? {};
      t.is(unattributed, opened - attributed);
      t.true(Math.abs(unattributed) <= takenByVictim + connections);
    },
  );
}

test.serial(
  'a single server that is killed stands in the record with its exit, and the run goes on',
  async (t) => {
    const [trial] = await trialsOf(t, 'single');

    t.is(trial?.error?.code, 'worker-exit');
    t.is(trial?.workers.length, 1);
    t.like(trial?.workers[0]?.exit, { code: null, signal: 'SIGKILL' });
    t.true((trial?.conservation.unattributed ?? 0) <= takenByVictim + connections);
  },
);

test.serial('a primary that is killed is said to have been, and the run goes on', async (t) => {
  const [trial] = await trialsOf(t, 'rr', 'parent');
  t.is(trial?.error?.code, 'server-exit');
  t.regex(trial?.error?.message ?? '', /SIGKILL/);
});

test.serial('a worker that throws while it is measured is quoted, without its stack', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  const file = path.join(cwd, 'app.cjs');
  await writeFile(
    file,
    `let requests = 0;
     require('node:http').createServer((_, response) => {
       if (++requests === 100) throw new Error('pool exhausted');
       response.end();
     }).listen(0, '127.0.0.1');`,
  );
  const { code, stdout } = await bench(tiny('-p', 'shared', '-c', '5', '-n', '210', file));

  t.is(code, 98);
  t.regex(stdout, /\n {6}Error: pool exhausted\n/);
  t.notRegex(stdout, /Node\.js v|^ +at /m);
  const { trials } = await record();
  t.is(trials[0]?.error?.code, 'worker-exit');
  t.regex(trials[0]?.error?.details?.join('\n') ?? '', /pool exhausted[\s\S]*Node\.js v/);
});
