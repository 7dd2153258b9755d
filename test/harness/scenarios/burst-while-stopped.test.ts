import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import { burstWhileStopped, type Happening } from '../../../harness/scenarios/scenario.js';

function server(log: string[], burst: () => Promise<void>): Happening {
  return {
    workers: 2,
    pidIn: (slot) => (slot === 0 ? 7 : undefined),
    signal: (pid, signal) => void log.push(`${signal} ${pid}`),
    command: async () => {},
    release: () => {},
    burst,
    sleep: async (ms) => void log.push(`sleep ${ms}`),
    untilReplaced: async () => {},
  };
}

test('a worker is held for its time after the burst has come, however late that is', async (t) => {
  const log: string[] = [];
  const late = async () => {
    await setTimeout(50);
    log.push('burst');
  };

  await burstWhileStopped(server(log, late), { slot: 0, ms: 150, end: 'SIGKILL' });

  t.deepEqual(log, ['SIGSTOP 7', 'sleep 20', 'burst', 'sleep 150', 'SIGKILL 7']);
});

test('a worker is not left stopped where the trial is given up', async (t) => {
  const log: string[] = [];
  const givenUp = async () => {
    throw new Error('given up');
  };

  await t.throwsAsync(burstWhileStopped(server(log, givenUp), { slot: 0, ms: 500, end: 'SIGCONT' }));

  t.is(log.at(-1), 'SIGCONT 7');
});

test('where there is no worker, nothing is done', async (t) => {
  const log: string[] = [];

  await burstWhileStopped(
    server(log, async () => {}),
    { slot: 1, ms: 500, end: 'SIGCONT' },
  );

  t.deepEqual(log, []);
});
