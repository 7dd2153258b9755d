/** Policies and workloads of the user's own, and policies of our own cluster, from the command line. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { tiny, workspace } from '../../helpers/bench.js';
import { fixture } from '../../helpers/fixture.js';
import { thoroughly } from '../../helpers/thorough.js';

test.serial('a scheduler of the user’s is a policy, named by its file', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  await writeFile(path.join(cwd, 'first.mjs'), 'export default (candidates) => candidates[0];\n');
  const { code, stdout } = await bench(tiny('-p', './first.mjs,strict'));

  t.is(code, 0);
  t.regex(stdout, /── \.\/first\.mjs ─.* userland · 1 trial ──/);
  const connections = Object.fromEntries(
    (await record()).trials.map(({ cell, workers }) => [
      cell.policy,
      workers.map(({ connections }) => connections),
    ]),
  );
  t.deepEqual(connections, { './first.mjs': [200, 0], strict: [100, 100] });
});

test.serial(
  'a scheduler that throws makes its trial invalid, by its name, and hurts no connection',
  async (t) => {
    const { bench, record, cwd } = await workspace(t);
    await writeFile(path.join(cwd, 'throws.mjs'), 'export default () => { throw new Error("no more"); };\n');
    t.is((await bench(tiny('-p', './throws.mjs'))).code, 98);

    const [trial] = (await record()).trials;
    t.is(trial?.error?.code, 'scheduler');
    t.regex(
      trial?.error?.message ?? '',
      /^the scheduler \.\/throws\.mjs failed: pick\(\) threw Error: no more\. /,
    );
    t.like(trial?.client, { opened: 200, requestsCompleted: 200 });
    t.true(trial?.conservation.holds);
  },
);

thoroughly('a scheduler that never returns blocks the primary, which is told', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  await writeFile(path.join(cwd, 'spins.mjs'), 'export default () => { for (;;); };\n');
  t.is((await bench(tiny('-p', './spins.mjs', '--timeout', '1500ms'))).code, 98);

  const [trial] = (await record()).trials;
  t.is(trial?.error?.code, 'not-quiet');
  t.regex(trial?.error?.message ?? '', /^the primary \(PID \d+\) was blocked: /);
});

test.serial(
  'a module that is not there is refused, and one that is no scheduler says what it should be',
  async (t) => {
    const { bench, cwd } = await workspace(t);
    const gone = await bench(tiny('-p', './gone.mjs'));
    t.deepEqual(
      [gone.code, gone.stderr],
      [
        2,
        'bench: --policy ./gone.mjs: there is no such file. Name the module of a scheduler, or one of the policies\n',
      ],
    );

    for (const [source, said] of [
      [
        'export default 3;',
        /^ {2}\.\/none\.mjs exports no scheduler\. Let its default export be a function .*$/m,
      ],
      [
        'export default { create: () => 3 };',
        /^ {2}\.\/none\.mjs: create\(\) made no scheduler\. Let it return an object with pick\(.*\)$/m,
      ],
    ] as const) {
      await writeFile(path.join(cwd, 'none.mjs'), `${source}\n`);
      const { code, stderr } = await bench(tiny('-p', './none.mjs'));
      t.is(code, 1);
      t.regex(stderr, said);
      t.is(stderr.trimEnd().split('\n').length, 3, stderr); // No stack.
    }
  },
);

test.serial('weighted gives what --weights says', async (t) => {
  const { bench, record } = await workspace(t);
  t.is((await bench(tiny('-p', 'weighted', '--weights', '3,1'))).code, 0);
  const [trial] = (await record()).trials;
  t.deepEqual(
    trial?.workers.map(({ connections }) => connections),
    [150, 50],
  );
});

test.serial('a module that defines a policy is one, by its path, and goes by no other name', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  await writeFile(
    path.join(cwd, 'primary.mjs'),
    `import cluster from 'node:cluster';
const [workers, exec, ...args] = process.argv.slice(2);
cluster.setupPrimary({ exec, args });
for (let slot = 0; slot < workers; slot += 1) cluster.fork();
`,
  );
  const source = (mechanism: string) =>
    `export default {
  name: 'mine',
  mechanism: '${mechanism}',
  start: ({ app, workers }) => ({
    args: ['primary.mjs', String(workers), app.path, ...app.args],
    env: { NODE_CLUSTER_SCHED_POLICY: 'none' },
  }),
};
`;
  await writeFile(path.join(cwd, 'mine.mjs'), source('shared'));
  await writeFile(path.join(cwd, 'wrong.mjs'), source('round-robin'));

  t.is((await bench(tiny('-p', './mine.mjs,./wrong.mjs'))).code, 98);
  const { trials } = await record();
  const [mine, wrong] = ['./mine.mjs', './wrong.mjs'].map((name) =>
    trials.find(({ cell }) => cell.policy === name),
  );
  t.true(mine?.valid);
  t.is(mine?.mechanism.detected, 'shared');
  t.is(wrong?.error?.code, 'mechanism');
});

test.serial('what a module of a policy or a workload lacks is told by its path', async (t) => {
  const { bench, cwd } = await workspace(t);
  for (const [flag, source, said] of [
    ['--policy', 'export default { start: 3 };', '--policy ./odd.mjs: name: '],
    ['--workload', 'export default { name: "odd" };', '--workload ./odd.mjs: app: '],
    ['--workload', 'export const odd = 1;', '--workload ./odd.mjs: it has no default export; '],
    [
      '--policy',
      'await new Promise(() => {});',
      '--policy ./odd.mjs: it was not loaded within --timeout 1s. ',
    ],
    [
      '--workload',
      'await new Promise(() => {});',
      '--workload ./odd.mjs: it was not loaded within --timeout 1s. ',
    ],
    ['--workload', 'throw new Error("later");', '--workload ./odd.mjs: it cannot be loaded (Error: later)'],
    [
      '--workload',
      'export default { name: "odd", app: "./gone.js", exchange: { kind: "http" } };',
      './gone.js: there is no such app in ',
    ],
  ] as const) {
    await writeFile(path.join(cwd, 'odd.mjs'), `${source}\n`);
    const { code, stderr } = await bench(tiny(flag, './odd.mjs', '--timeout', '1s'));
    t.true(code === 2 || code === 1);
    t.true(stderr.startsWith(`bench: ${said}`), stderr);
    t.is(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});

test.serial('the app of a workload of one’s own may speak TLS', async (t) => {
  const { bench, record, cwd } = await workspace(t);
  const app = JSON.stringify(fixture('e2e-apps/https.cjs'));
  await writeFile(
    path.join(cwd, 'own.mjs'),
    `export default { name: 'own', app: ${app}, exchange: { kind: 'http' } };\n`,
  );

  t.is((await bench(tiny('--workload', './own.mjs', '-p', 'single', '--insecure'))).code, 0);
  const [trial] = (await record()).trials;
  t.is(trial?.client.requestsCompleted, 200);
});
