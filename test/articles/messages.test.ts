/** E4, E5 and E6: the processes of Node's cluster, what they say to each other, and in which order. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { fixture } from '../helpers/fixture.js';
import { until } from '../helpers/until.js';

interface Message {
  at: number;
  worker: number;
  direction: 'to worker' | 'to primary';
  act: string;
  accepted?: boolean | null;
  withHandle: boolean;
}

/** A cluster of two workers, and every message so far. */
async function traced(t: ExecutionContext, policy: 'rr' | 'none') {
  const primary = fork(fixture('cluster-apps/traced.cjs'), {
    env: { ...process.env, NODE_CLUSTER_SCHED_POLICY: policy },
  });
  const messages: Message[] = [];
  let pids: number[] = [];
  t.teardown(() => {
    for (const pid of [...pids, primary.pid as number]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {} // It has ended.
    }
  });
  const ready = new Promise<number>((resolve) => {
    primary.on('message', (told: Message | { port: number; pids: number[] }) => {
      if (!('port' in told)) messages.push(told);
      else {
        pids = told.pids;
        resolve(told.port);
      }
    });
  });
  const port = await ready;
  const answer = async () => {
    const [pid] = await once(connect({ port, host: '127.0.0.1' }).setEncoding('utf8'), 'data');
    return Number(pid);
  };
  return { primary, port, pids, messages, answer };
}

const said = (messages: readonly Message[], worker: number) =>
  messages.flatMap((message) => (message.worker === worker ? [`${message.act} ${message.direction}`] : []));

const onLinux = process.platform === 'linux' ? test.serial : test.serial.skip;

onLinux('E4: the workers are children of the primary, and run the same file', async (t) => {
  const { primary, pids } = await traced(t, 'rr');
  const children = readFileSync(`/proc/${primary.pid}/task/${primary.pid}/children`, 'utf8');

  t.deepEqual(children.trim().split(' ').map(Number), pids);
  for (const pid of pids) t.regex(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), /traced\.cjs/);
});

test.serial(
  'E5: under round robin a worker is online, asks, listens, is given connections and says so',
  async (t) => {
    const { messages, answer } = await traced(t, 'rr');
    const before = messages.length;
    t.deepEqual(said(messages, 1), [
      'online to primary',
      'queryServer to primary',
      'ack to worker',
      'listening to primary',
    ]);
    // The worker gets no handle: what it listens on is none.
    t.true(messages.every(({ withHandle }) => !withHandle));

    for (let connection = 0; connection < 4; connection += 1) await answer();
    await until(() => messages.length === before + 8);
    const after = messages.slice(before);
    t.deepEqual(
      after
        .filter(({ act }) => act === 'newconn')
        .map(({ direction, withHandle }) => [direction, withHandle]),
      Array(4).fill(['to worker', true]),
    );
    t.deepEqual(
      after.filter(({ act }) => act === 'ack').map(({ direction, accepted }) => [direction, accepted]),
      Array(4).fill(['to primary', true]),
    );
    t.deepEqual(
      messages.map(({ at }) => at),
      messages.map(({ at }) => at).toSorted((a, b) => a - b),
    );
  },
);

test.serial(
  'E5: under SCHED_NONE a worker is given the listening socket itself, and connections need no message',
  async (t) => {
    const { messages, answer } = await traced(t, 'none');
    t.deepEqual(said(messages, 1), [
      'online to primary',
      'queryServer to primary',
      'ack to worker',
      'listening to primary',
    ]);
    t.true(messages.filter(({ act }) => act === 'ack').every(({ withHandle }) => withHandle));

    for (let connection = 0; connection < 4; connection += 1) await answer();
    t.false(messages.some(({ act }) => act === 'newconn'));
  },
);

onLinux('E6: a connection that a worker refuses as it closes is served by the other', async (t) => {
  const { primary, pids, messages, answer } = await traced(t, 'rr');
  const [first = 0, second = 0] = pids;
  // It has been told to close, and is given a connection, before it does anything.
  process.kill(first, 'SIGSTOP');
  primary.send(0);
  const answers = [answer(), answer(), answer()];
  await until(() => messages.some(({ act, worker }) => act === 'newconn' && worker === 1));
  process.kill(first, 'SIGCONT');

  t.deepEqual(await Promise.all(answers), [second, second, second]);
  const refusal = messages.find(({ accepted }) => accepted === false);
  t.like(refusal, { worker: 1, act: 'ack', direction: 'to primary' });
});
