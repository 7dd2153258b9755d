import test from 'ava';
import { Bursts } from '../../../../harness/drivers/raw/bursts.js';
import { raw } from '../../../../harness/drivers/raw.js';
import { Recorder } from '../../../../harness/drivers/recorder.js';
import { spell } from '../../../helpers/spell.js';
import { countingServer, deadPort } from '../../../helpers/tcp-server.js';

const pid = { kind: 'pid' } as const;

test.serial(
  'all connections come at one instant, and the next ones when the server has rested',
  async (t) => {
    const openAtOnce: number[] = [];
    const waiting: (() => void)[] = [];
    const server = await countingServer(t, (socket) => {
      waiting.push(() => socket.end('1\n'));
      if (waiting.length < 4) return;
      openAtOnce.push(server.open());
      for (const answer of waiting.splice(0)) answer();
    });
    const job = { exchange: pid, pattern: 'bursts', connections: 4, requests: 12 } as const;

    const { client } = await spell(t, raw, server, job);

    // Where they came one after the other, none would ever be answered.
    t.deepEqual(openAtOnce, [4, 4, 4]);
    t.like(client, { opened: 12, requestsCompleted: 12, requestsFailed: 0 });
  },
);

test.serial('they end at the deadline, in whatever order the last ones are answered', async (t) => {
  const server = await countingServer(t, (socket, index) => {
    setTimeout(() => socket.end('1\n'), (index % 5) * 10);
  });
  const job = { exchange: pid, pattern: 'bursts', connections: 5, durationMs: 200 } as const;

  const { client } = await spell(t, raw, server, job);

  t.true(client.opened >= 5);
  t.is(client.opened % 5, 0, 'whole bursts');
});

test('no burst begins at the deadline or after it', async (t) => {
  const recorder = new Recorder(() => 0, 0);
  const bursts = new Bursts({ connections: 1, requests: null }, recorder);
  const pumped = new Promise<void>((resolve) => bursts.idle({ index: 0, pump: resolve }));

  await pumped;

  t.deepEqual([bursts.take(), bursts.over], [undefined, true]);
});

test.serial('the last burst is what is left of the count', async (t) => {
  const server = await countingServer(t, (socket) => socket.end('1\n'));
  const job = { exchange: pid, pattern: 'bursts', connections: 4, requests: 6 } as const;

  t.is((await spell(t, raw, server, job)).client.opened, 6);
});

test.serial('bursts at a port where nobody listens end in time', async (t) => {
  for (const limit of [{ requests: 8 }, { durationMs: 200 }]) {
    const port = await deadPort();
    const job = { exchange: pid, pattern: 'bursts', connections: 4, ...limit } as const;

    t.like((await spell(t, raw, { port }, job)).client, { opened: 0, requestsSent: 0 });
  }
});
