import test from 'ava';
import { hasIPv6 } from '../helpers/ipv6.js';
import { deadPort } from '../helpers/tcp-server.js';
import { firstOf, thoroughly } from '../helpers/thorough.js';
import { appNamed, assertWhole, runOne, runTrials, sum } from '../helpers/trials.js';

const hosts = ['0.0.0.0', 'localhost', ...(hasIPv6 ? ['::', '::1'] : [])];

for (const [index, host] of hosts.entries()) {
  firstOf(index)(`an app that listens on ${host} is driven where it listens`, async (t) => {
    const trial = await runOne(t, { ...appNamed('http.cjs', host), policies: ['shared'] });

    assertWhole(t, trial);
    t.like(trial.cell, { workload: 'http', driver: 'autocannon' });
    t.deepEqual(trial.client.status, { 200: 200 });
  });
}

const apps: [title: string, policies: string[], name: string, args: string[]][] = [
  ['an ES module', ['single', 'rr'], 'http.mjs', []],
  ['a net server that speaks HTTP by hand', ['rr'], 'http-by-hand.cjs', []],
  ['an app that listens with options', ['shared'], 'http.cjs', ['127.0.0.1', 'options']],
];

for (const [index, [title, policies, name, args]] of apps.entries()) {
  firstOf(index)(`${title} is driven like the http workload under ${policies.join(' and ')}`, async (t) => {
    const trials = await runTrials(t, { ...appNamed(name, ...args), policies });

    t.deepEqual(trials.map(({ cell }) => cell.policy).toSorted(), policies.toSorted());
    for (const trial of trials) {
      assertWhole(t, trial);
      t.deepEqual(trial.client.status, { 200: 200 });
    }
  });
}

test.serial('an app that speaks TCP is connected to, asked and left', async (t) => {
  const trial = await runOne(t, { ...appNamed('talks.cjs'), payload: 'hello', requests: 50 });

  assertWhole(t, trial);
  t.like(trial.cell, { workload: 'connect', driver: 'raw' });
  t.like(trial.client, { opened: 50, requestsCompleted: 50 });
  t.is(sum(trial.workers.map(({ bytesRead }) => bytesRead)), 50 * 'hello'.length);
});

test.serial('an app that speaks first is heard to its end', async (t) => {
  const trial = await runOne(t, { ...appNamed('talks.cjs', 'welcome'), requests: 50 });

  assertWhole(t, trial);
  t.is(sum(trial.workers.map(({ bytesWritten = 0 }) => bytesWritten)), 50 * 'welcome'.length);
});

for (const driver of ['raw', 'autocannon'])
  test.serial(`${driver} warms up twice, so that connections have ended before the window`, async (t) => {
    const app = { ...appNamed('gatherings.cjs'), policies: ['single'], driver, requests: 20 };
    const trial = await runOne(t, { ...app, warmupSeconds: 0.3 });

    assertWhole(t, trial);
    t.deepEqual(trial.client.status, { 202: 20 });
  });

test.serial('an app goes to the port and host that it is given', async (t) => {
  const trial = await runOne(t, { ...appNamed('http.cjs', '0.0.0.0'), host: '127.0.0.1', port: 0 });

  assertWhole(t, trial);
});

for (const [order, ...args] of [['after the driven one'], ['before it', 'beside']] as const) {
  test.serial(`a server that an app starts ${order} is told, and not counted`, async (t) => {
    const trial = await runOne(t, appNamed('two-servers.cjs', ...args));

    assertWhole(t, trial);
    t.is(trial.client.opened, 4);
    t.deepEqual(trial.client.status, { 200: 200 });
    const warning = trial.warnings.find(({ code }) => code === 'other-listeners');
    t.regex(String(warning?.addresses), /^127\.0\.0\.1:\d+$/);
  });
}

test.serial(
  'an app that clusters itself forks as many workers as it is asked for, under each policy',
  async (t) => {
    const trials = await runTrials(t, {
      ...appNamed('clusters.cjs'),
      workers: [3],
      policies: ['rr', 'shared'],
    });

    for (const trial of trials) {
      assertWhole(t, trial);
      t.is(
        trial.warnings.find(({ code }) => code === 'workers-differ'),
        undefined,
      );
    }
    t.deepEqual(trials.map(({ cell }) => `${cell.policy} ${cell.workers}`).toSorted(), ['rr 3', 'shared 3']);
  },
);

thoroughly('an app that forks another number of workers has that many, which is told', async (t) => {
  const trial = await runOne(t, { ...appNamed('clusters.cjs', '3'), workers: [2] });

  assertWhole(t, trial);
  t.is(trial.workers.length, 3);
  t.is(trial.cell.workers, 3);
  t.deepEqual(
    trial.warnings.find(({ code }) => code === 'workers-differ'),
    { code: 'workers-differ', asked: 2, forked: 3 },
  );
});

test.serial('an app that clusters itself cannot be single', async (t) => {
  const error = await t.throwsAsync(runOne(t, { ...appNamed('clusters.cjs'), policies: ['single'] }));

  t.regex(error?.message ?? '', /^single cannot be set from outside/);
});

test.serial('workers with an environment of their own have lost the probe, which is said', async (t) => {
  const error = await t.throwsAsync(runOne(t, appNamed('clusters.cjs', '2', 'own')));

  t.like(error, { code: 'probe-lost', exitCode: 98 });
  t.regex(error?.message ?? '', /forks workers with an environment of their own \(PID \d+(, \d+)*\)/);
});

test.serial('workers that end as they start fail the trial with their last words', async (t) => {
  const trial = await runOne(t, appNamed('crashes.cjs'));

  t.false(trial.valid);
  t.is(trial.error?.code, 'app-failed');
  t.regex(trial.error?.message ?? '', /ended with exit code 1 before/);
  t.true(trial.error?.details?.includes('Error: no database here'));
  t.is(trial.measuredSeconds, 0);
  t.is(trial.client.opened, 0);
});

thoroughly('an app that takes its time to fork is waited for until it has as many as asked', async (t) => {
  const trial = await runOne(t, appNamed('unruly.cjs', 'forks-slowly'));

  assertWhole(t, trial);
  t.is(trial.cell.workers, 2);
  t.false(trial.warnings.some(({ code }) => code === 'workers-differ'));
});

const unruly: [title: string, what: string, changes: Parameters<typeof runOne>[1], code: string][] = [
  // Long enough for a worker to die of its first request on a busy machine, where it may be old enough to be replaced.
  ['a worker that dies in the warm-up', 'dies', { warmupSeconds: 1.5, connections: 8 }, 'worker-missing'],
  [
    'a server that keeps the connections of the warm-up',
    'holds',
    { policies: ['single'], warmupSeconds: 0.1, timeoutSeconds: 1 },
    'not-quiet',
  ],
  ['a worker that is forked while others are measured', 'forks-late', {}, 'workers-changed'],
];

for (const [index, [title, what, changes, code]] of unruly.entries()) {
  firstOf(index)(`${title} makes the trial invalid: ${code}`, async (t) => {
    const trial = await runOne(t, { ...appNamed('unruly.cjs', what), ...changes });

    t.false(trial.valid);
    t.is(trial.error?.code, code, trial.error?.message);
    t.true(trial.measuredSeconds > 0);
  });
}

(hasIPv6 ? test.serial : test.skip)(
  'an app that listens on one port of 127.0.0.1 and of ::1 is measured at one of them',
  async (t) => {
    const app = appNamed('dual-stack.cjs', String(await deadPort()));
    const trial = await runOne(t, { ...app, policies: ['shared'] });

    assertWhole(t, trial);
    t.regex(String(trial.warnings.find(({ code }) => code === 'other-listeners')?.addresses), /^::1:\d+$/);
  },
);
