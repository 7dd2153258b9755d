import test from 'ava';
import { raw } from '../../../harness/drivers/raw.js';
import { Recorder } from '../../../harness/drivers/recorder.js';
import { jobFor, spell } from '../../helpers/spell.js';
import { countingServer, deadPort } from '../../helpers/tcp-server.js';

const pid = { kind: 'pid' } as const;
const silently = { kind: 'conversation', payload: null } as const;
const asking = { kind: 'conversation', payload: 'hello' } as const;

test.serial('each connection reads one PID, and answers are counted by it', async (t) => {
  const server = await countingServer(t, (socket, index) => socket.end(`${index % 2 === 0 ? 100 : 200}\n`));

  const { client, answeredBy, latency } = await spell(t, raw, server, { exchange: pid, requests: 25 });

  t.like(client, {
    attempted: 25,
    opened: 25,
    requestsSent: 25,
    requestsCompleted: 25,
    completedByDeadline: 25,
  });
  t.deepEqual(client.errors, {});
  t.deepEqual(answeredBy, { 100: 13, 200: 12 });
  t.is(latency.firstByte, undefined);
});

test.serial('a PID in several pieces is one PID', async (t) => {
  const server = await countingServer(t, (socket) => {
    socket.write('12');
    setTimeout(() => socket.end('34\n'), 10);
  });

  const { answeredBy } = await spell(t, raw, server, { exchange: pid, requests: 2 });

  t.deepEqual(answeredBy, { 1234: 2 });
});

test.serial('a count is exact however many connections share it, and no more are opened', async (t) => {
  for (const [requests, connections] of [
    [1, 50],
    [7, 3],
    [50, 50],
  ] as const) {
    const server = await countingServer(t, (socket) => socket.end('1\n'));

    const { client } = await spell(t, raw, server, { exchange: pid, requests, connections });

    t.like(client, { attempted: requests, opened: requests, requestsCompleted: requests });
  }
});

test.serial('no more connections than asked for are open at a time', async (t) => {
  let [waiting, most] = [0, 0];
  const server = await countingServer(t, (socket) => {
    most = Math.max(most, ++waiting);
    setTimeout(() => {
      waiting -= 1;
      socket.end('1\n');
    }, 5);
  });

  await spell(t, raw, server, { exchange: pid, requests: 20, connections: 4 });

  t.is(most, 4);
});

test.serial('a duration begins nothing after its deadline and waits for what is in flight', async (t) => {
  const server = await countingServer(t, (socket) => setTimeout(() => socket.end('1\n'), 120));

  const { client, deadlineMs, startedAtMs, endedAtMs } = await spell(t, raw, server, {
    exchange: pid,
    durationMs: 60,
    connections: 3,
  });

  t.is(deadlineMs, startedAtMs + 60);
  t.true(endedAtMs > deadlineMs);
  t.like(client, { opened: 3, requestsCompleted: 3, completedByDeadline: 0, requestsFailed: 0 });
});

const wrongs: [title: string, answer: string, code: string][] = [
  ['words instead of a PID', 'hello\n', 'WRONG_ANSWER'],
  ['a PID without its end', '123', 'WRONG_ANSWER'],
  ['two PIDs', '1\n2\n', 'WRONG_ANSWER'],
  ['a PID and something else', '1 2\n', 'WRONG_ANSWER'],
  ['an endless number', '1'.repeat(100_000), 'WRONG_ANSWER'],
  ['nothing', '', 'NO_ANSWER'],
];

for (const [title, answer, code] of wrongs) {
  test.serial(`${title} is a failed request: ${code}`, async (t) => {
    const server = await countingServer(t, (socket) => socket.end(answer));

    const { client, answeredBy } = await spell(t, raw, server, { exchange: pid, requests: 4 });

    t.like(client, { opened: 4, requestsSent: 4, requestsCompleted: 0, requestsFailed: 4 });
    t.deepEqual(client.errors, { [code]: 4 });
    t.deepEqual(answeredBy, {});
  });
}

test.serial('a server that resets fails each request and is told as resets', async (t) => {
  // Not at once, or it may be a reset of the connect.
  const server = await countingServer(t, (socket) => setTimeout(() => socket.resetAndDestroy(), 5));

  const { client } = await spell(t, raw, server, { exchange: pid, requests: 4 });

  t.like(client, { opened: 4, requestsFailed: 4, reset: 4 });
  t.deepEqual(client.errors, { ECONNRESET: 4 });
});

test.serial('some good and some bad answers are told apart', async (t) => {
  const server = await countingServer(t, (socket, index) => socket.end(index % 4 === 3 ? 'oops\n' : '1\n'));

  const { client } = await spell(t, raw, server, { exchange: pid, requests: 20 });

  t.like(client, { requestsCompleted: 15, requestsFailed: 5 });
});

test.serial('a server that never answers times out each request, and the spell ends', async (t) => {
  const server = await countingServer(t, () => {});

  const { client } = await spell(t, raw, server, {
    exchange: pid,
    connections: 3,
    durationMs: 100,
    timeoutMs: 150,
  });

  t.like(client, { opened: 3, requestsCompleted: 0, requestsFailed: 3, timedOut: 3 });
  t.deepEqual(client.errors, { ETIMEDOUT: 3 });
});

test.serial('a count that a silent server never answers ends all the same', async (t) => {
  const server = await countingServer(t, () => {});

  const { client } = await spell(t, raw, server, {
    exchange: pid,
    connections: 2,
    requests: 1000,
    timeoutMs: 150,
  });

  t.true(client.opened < 1000);
  t.is(client.timedOut, client.opened);
});

test.serial('a dead port is tried again after a while, not hammered', async (t) => {
  const { client } = await spell(
    t,
    raw,
    { port: await deadPort() },
    {
      exchange: pid,
      connections: 2,
      durationMs: 250,
    },
  );

  // At 0, 100 and 200 ms; a busy machine may miss one.
  t.true(client.attempted >= 2 && client.attempted <= 6, String(client.attempted));
  t.like(client, { opened: 0, requestsSent: 0, requestsFailed: 0 });
  t.is(client.refused, client.attempted);
  t.deepEqual(client.errors, { ECONNREFUSED: client.attempted });
});

test.serial('a count on a dead port ends', async (t) => {
  const { client } = await spell(
    t,
    raw,
    { port: await deadPort() },
    {
      exchange: pid,
      connections: 5,
      requests: 10,
    },
  );

  t.like(client, { attempted: 10, refused: 10, opened: 0 });
});

test.serial('a conversation without a payload half-closes and waits for the close', async (t) => {
  let ended = 0;
  const server = await countingServer(t, (socket) => socket.on('end', () => ended++).resume());

  const { client } = await spell(t, raw, server, { exchange: silently, requests: 8 });

  t.like(client, { opened: 8, requestsCompleted: 8, requestsFailed: 0 });
  t.is(ended, 8);
});

test.serial('a server that speaks first, and much, is heard to its end', async (t) => {
  const server = await countingServer(t, (socket) => socket.end(Buffer.alloc(300_000)));

  const { client, latency } = await spell(t, raw, server, { exchange: silently, requests: 6 });

  t.like(client, { requestsCompleted: 6, requestsFailed: 0 });
  t.is(latency.firstByte?.count, 6);
});

test.serial('a payload is sent once, and the answer to it is waited for before the half-close', async (t) => {
  const heard: string[] = [];
  const order: string[] = [];
  const server = await countingServer(t, (socket) => {
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard.push(chunk);
      setTimeout(() => {
        order.push('answer');
        socket.write('welcome');
      }, 10);
    });
    socket.on('end', () => order.push('end'));
  });

  const { client, latency } = await spell(t, raw, server, { exchange: asking, connections: 1, requests: 2 });

  t.deepEqual(heard, ['hello', 'hello']);
  t.deepEqual(order, ['answer', 'end', 'answer', 'end']);
  t.like(client, { requestsCompleted: 2, requestsFailed: 0 });
  t.is(latency.firstByte?.count, 2);
});

test.serial('a payload that is answered by a close only is a failed request', async (t) => {
  const server = await countingServer(t, (socket) => socket.once('data', () => socket.end()));

  const { client } = await spell(t, raw, server, { exchange: asking, requests: 3 });

  t.like(client, { requestsFailed: 3, requestsCompleted: 0 });
  t.deepEqual(client.errors, { NO_ANSWER: 3 });
});

test.serial('a server that keeps the connection open after its answer times out', async (t) => {
  const server = await countingServer(t, (socket) => {
    socket.allowHalfOpen = true;
    socket.on('data', () => socket.write('welcome')).setTimeout(400, () => socket.destroy());
  });

  const { client } = await spell(t, raw, server, {
    exchange: asking,
    connections: 2,
    durationMs: 50,
    timeoutMs: 150,
  });

  t.like(client, { opened: 2, requestsFailed: 2, timedOut: 2 });
});

test.serial(
  'a deadline that passes between two looks at the clock ends the spell like any other',
  async (t) => {
    // A place that is left waiting waits for ever.
    t.timeout(30_000);
    const server = await countingServer(t, (socket) => socket.end(`${process.pid}\n`));
    for (let durationMs = 1; durationMs <= 40; durationMs += 1) {
      let ms = 0;
      const recorder = new Recorder(() => ms++, durationMs);
      const job = jobFor(server.port, { exchange: { kind: 'pid' }, durationMs, timeoutMs: 1e6 });
      await raw.drive(job, recorder);
      t.true(recorder.now() >= durationMs);
    }
  },
);
