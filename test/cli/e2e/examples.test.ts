/** Every example is run as its first lines say. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test from 'ava';
import { app, mainPath, tiny, workspace } from '../../helpers/bench.js';
import { firstOf, thoroughly } from '../../helpers/thorough.js';

const examples = fileURLToPath(new URL('../../../../examples', import.meta.url));
const example = (name: string) => path.join(examples, name);

const programs: [script: string, said: RegExp][] = [
  ['policies/compare.mjs', /── primary-first ─+ round-robin · 3 trials ──.*── fill-first ─+ userland/s],
  ['compare-policies.mjs', /^(\w+ +\d+ requests\/s +p99 [\d.]+ ms +Jain .* 3 of 3 trials valid\n){3}$/],
  ['from-a-script.mjs', /── thresholds ─/],
];

for (const [script, said] of programs) {
  thoroughly(`the program ${script} runs as it stands`, async (t) => {
    const { bench } = await workspace(t);
    const { code, stdout, stderr } = await bench([], { main: example(script) });

    t.is(code, 0, stderr);
    t.regex(stdout, said);
  });
}

thoroughly('a program that is interrupted keeps what there is, and says so', async (t) => {
  const { start, record } = await workspace(t);
  const running = start([], { main: example('from-a-script.mjs') });
  let told = '';
  running.child.stderr?.on('data', (text) => {
    told += text;
    if (/^2 of 6/m.test(told)) running.child.kill('SIGINT');
  });
  const { code, stdout } = await running.result;

  t.is(code, 130);
  t.regex(stdout, /^Interrupted: this is what the \d finished trials of a longer run say/m);
  const { interrupted, trials } = await record('bench-results/run.json');
  t.true(interrupted);
  t.true(trials.length >= 2 && trials.length < 6);
});

for (const [index, module] of ['fill-first.mjs', 'primary-first.mjs'].entries()) {
  firstOf(index)(`the policy ${module} is had by its path`, async (t) => {
    const { bench, record } = await workspace(t);
    const name = example(`policies/${module}`);
    t.is((await bench(tiny('-p', name))).code, 0);

    const [trial] = (await record()).trials;
    t.is(trial?.cell.policy, name);
    t.true(trial?.valid);
  });
}

test.serial('the workload orders.mjs is had by its path, under every policy', async (t) => {
  const { bench, record } = await workspace(t);
  const name = example('workloads/orders.mjs');
  t.is((await bench(tiny('--workload', name, '-p', 'rr,strict', '-c', '1'))).code, 0);

  for (const { cell, client, valid } of (await record()).trials) {
    t.like(cell, { workload: name, counts: 'requests', driver: 'raw' });
    t.true(valid);
    t.deepEqual(client.status, { 201: 200 });
    t.is(client.opened, 20);
  }
});

thoroughly('the steps of the CI example compare two servers on any machine', async (t) => {
  const { cwd, record } = await workspace(t);
  const server = app('answers-late.cjs');
  const options = ['--runs', '2', '-n', '40', '--warmup', '0', '-w', '1', '-c', '2', '--no-color'];
  const env = { ...process.env, BENCH: `${process.execPath} ${mainPath}` };

  const { stdout } = await promisify(execFile)(example('ci/ab.sh'), [server, server, ...options], {
    cwd,
    env,
  });

  t.regex(stdout, /── candidate against base ─+ paired by block · 2 pairs ──/);
  t.is((await record('bench-ab.json')).trials.length, 4);
});

test('what docs/writing-a-policy.md shows of an example is what the example is', async (t) => {
  const page = await readFile(path.join(examples, '../docs/writing-a-policy.md'), 'utf8');
  const shown = [...page.matchAll(/^```js\n\/\/ ([\w-]+\.mjs)[^\n]*\n(.*?)^```$/gms)];
  t.is(shown.length, 4);
  const files = await readdir(examples, { recursive: true });
  for (const [, name = '', code = ''] of shown) {
    const file = files.find((one) => path.basename(one) === name);
    t.true((await readFile(example(file ?? name), 'utf8')).endsWith(code), name);
  }
});

test('there is no example that is not run here', async (t) => {
  const run = [
    ...programs.map(([script]) => script),
    ...['policies/fill-first.mjs', 'policies/primary-first.mjs', 'workloads/orders.mjs', 'ci/ab.sh'],
  ];
  const parts = ['server.mjs', 'policies/primary.mjs', 'workloads/orders-server.mjs', 'ci/pull-request.yml'];
  const files = await readdir(examples, { recursive: true, withFileTypes: true });
  const names = files
    .filter((file) => file.isFile() && /\.(mjs|sh|yml)$/.test(file.name))
    .map((file) => path.relative(examples, path.join(file.parentPath, file.name)));

  t.deepEqual(names.sort(), [...run, ...parts].sort());
});
