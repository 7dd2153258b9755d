import type { Socket } from 'node:net';
import test from 'ava';
import { raw } from '../../../harness/drivers/raw.js';
import { spell } from '../../helpers/spell.js';
import { countingServer, deadPort } from '../../helpers/tcp-server.js';

const echo = (sizeBytes: number) => ({ kind: 'echo', sizeBytes }) as const;
const echoes = (socket: Socket) => void socket.pipe(socket);

for (const sizeBytes of [1, 64, 70_000, 1024 * 1024]) {
  test.serial(
    `messages of ${sizeBytes} bytes come back whole, one at a time on kept connections`,
    async (t) => {
      let bytes = 0;
      const server = await countingServer(t, (socket) => {
        socket.on('data', (chunk) => {
          bytes += chunk.length;
        });
        echoes(socket);
      });

      const { client, latency } = await spell(t, raw, server, {
        exchange: echo(sizeBytes),
        requests: 12,
        timeoutMs: 10_000,
      });

      t.like(client, { opened: 2, requestsSent: 12, requestsCompleted: 12, requestsFailed: 0 });
      t.deepEqual(client.errors, {});
      t.is(bytes, 12 * sizeBytes);
      t.is(latency.firstByte, undefined);
    },
  );
}

test.serial('an echo in small pieces is one answer', async (t) => {
  const server = await countingServer(t, (socket) => {
    socket.on('data', (chunk) => {
      for (const byte of chunk) socket.write(Buffer.of(byte));
    });
  });

  const { client } = await spell(t, raw, server, { exchange: echo(100), requests: 3 });

  t.like(client, { requestsCompleted: 3, requestsFailed: 0 });
});

test.serial('a count is exact with more connections than requests', async (t) => {
  const server = await countingServer(t, echoes);

  const { client } = await spell(t, raw, server, { exchange: echo(8), requests: 3, connections: 10 });

  t.like(client, { requestsSent: 3, requestsCompleted: 3, requestsFailed: 0 });
  t.true(client.opened <= 10);
});

test.serial('a duration ends with nothing in flight', async (t) => {
  const server = await countingServer(t, (socket) =>
    socket.on('data', (chunk) => setTimeout(() => socket.write(chunk), 30)),
  );

  const { client, endedAtMs, deadlineMs } = await spell(t, raw, server, {
    exchange: echo(8),
    connections: 4,
    durationMs: 80,
  });

  t.is(client.opened, 4);
  t.is(client.requestsFailed, 0);
  t.true(client.requestsCompleted >= 4);
  t.true(endedAtMs >= deadlineMs);
});

test.serial('each connection sends bytes of its own, the same ones for the same seed', async (t) => {
  const messagesOf = async (seed: number) => {
    const messages: string[] = [];
    const server = await countingServer(t, (socket) => {
      socket.once('data', (chunk) => messages.push(chunk.toString('hex')));
      echoes(socket);
    });
    await spell(t, raw, server, { exchange: echo(16), requests: 3, connections: 3, seed });
    return messages.toSorted();
  };

  const first = await messagesOf(1);
  t.is(new Set(first).size, 3);
  t.deepEqual(await messagesOf(1), first);
  t.notDeepEqual(await messagesOf(100), first);
});

const wrongs: [title: string, code: string, answer: (socket: Socket, chunk: Buffer) => void][] = [
  ['other bytes', 'WRONG_ANSWER', (socket, chunk) => socket.write(Buffer.alloc(chunk.length))],
  ['the right bytes in the wrong order', 'WRONG_ANSWER', (socket, chunk) => socket.write(chunk.reverse())],
  ['half an answer and a close', 'NO_ANSWER', (socket, chunk) => socket.end(chunk.subarray(0, 10))],
  ['a close', 'NO_ANSWER', (socket) => socket.end()],
  ['a reset', 'ECONNRESET', (socket) => socket.resetAndDestroy()],
];

for (const [title, code, answer] of wrongs) {
  test.serial(`${title} is a failed request on each connection: ${code}`, async (t) => {
    const server = await countingServer(t, (socket) => socket.on('data', (chunk) => answer(socket, chunk)));

    const { client } = await spell(t, raw, server, { exchange: echo(20), requests: 6, connections: 2 });

    t.like(client, { requestsSent: 6, requestsCompleted: 0, requestsFailed: 6 });
    t.deepEqual(client.errors, { [code]: 6 });
    t.true(client.opened >= 6);
  });
}

test.serial('an answer given twice is a wrong answer to what is asked next', async (t) => {
  const server = await countingServer(t, (socket) =>
    socket.on('data', (chunk) => socket.write(Buffer.concat([chunk, chunk]))),
  );

  const { client } = await spell(t, raw, server, { exchange: echo(20), requests: 4, connections: 1 });

  // The second copy meets the next request.
  t.like(client, { requestsCompleted: 2, requestsFailed: 2 });
  t.deepEqual(client.errors, { WRONG_ANSWER: 2 });
});

test.serial('bytes that nobody asked for are a wrong answer, though no request failed', async (t) => {
  const server = await countingServer(t, (socket, index) => {
    if (index === 0) socket.resume().write('hello');
    else echoes(socket);
  });

  const { client } = await spell(t, raw, server, { exchange: echo(20), requests: 2, connections: 1 });

  t.is(client.requestsCompleted + client.requestsFailed, client.requestsSent);
  t.is(client.errors.WRONG_ANSWER, 1);
});

test.serial('half an answer and then silence times out', async (t) => {
  const server = await countingServer(t, (socket) =>
    socket.on('data', (chunk) => socket.write(chunk.subarray(0, 10))),
  );

  const { client } = await spell(t, raw, server, {
    exchange: echo(20),
    connections: 2,
    durationMs: 50,
    timeoutMs: 150,
  });

  t.like(client, { opened: 2, requestsSent: 2, requestsFailed: 2, timedOut: 2 });
  t.deepEqual(client.errors, { ETIMEDOUT: 2 });
});

test.serial('a server that resets at once leaves no request half done', async (t) => {
  const server = await countingServer(t, (socket) => socket.resetAndDestroy());

  const { client } = await spell(t, raw, server, { exchange: echo(20), durationMs: 60, timeoutMs: 500 });

  t.is(client.requestsCompleted, 0);
  t.true(client.requestsFailed <= client.opened);
  // A reset may come before the client has seen that it was connected, which it was all the same.
  t.is(client.opened, client.attempted);
});

test.serial('a server that does not close after the last answer is given up after the timeout', async (t) => {
  const server = await countingServer(t, (socket) => {
    socket.allowHalfOpen = true;
    socket.on('data', (chunk) => socket.write(chunk)).setTimeout(400, () => socket.destroy());
  });

  const { client } = await spell(t, raw, server, {
    exchange: echo(20),
    connections: 1,
    requests: 3,
    timeoutMs: 150,
  });

  t.like(client, { requestsCompleted: 3, requestsFailed: 0, timedOut: 1 });
});

test.serial('a dead port is tried again after a while, and a duration ends', async (t) => {
  const { client } = await spell(
    t,
    raw,
    { port: await deadPort() },
    {
      exchange: echo(1),
      durationMs: 250,
    },
  );

  t.true(client.attempted >= 2 && client.attempted <= 6, String(client.attempted));
  t.like(client, { opened: 0, requestsSent: 0 });
  t.is(client.refused, client.attempted);
});

test.serial('a count on a dead port ends after the timeout', async (t) => {
  const { client } = await spell(
    t,
    raw,
    { port: await deadPort() },
    {
      exchange: echo(1),
      requests: 10,
      timeoutMs: 200,
    },
  );

  t.like(client, { opened: 0, requestsSent: 0, requestsFailed: 0 });
  t.is(client.refused, client.attempted);
});
