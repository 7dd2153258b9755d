import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import test, { type ExecutionContext } from 'ava';
import { monotonicMs } from '../../../harness/clock.js';
import type { Job } from '../../../harness/drivers/driver.js';
import { Recorder } from '../../../harness/drivers/recorder.js';
import { udp } from '../../../harness/drivers/udp.js';
import { jobFor } from '../../helpers/spell.js';

type OnMessage = (server: Socket, message: Buffer, from: RemoteInfo, index: number) => void;

/** A UDP server of this process; what came is told by `received`. */
async function datagramServer(t: ExecutionContext, onMessage: OnMessage) {
  const server = createSocket('udp4');
  let received = 0;
  server.on('message', (message, from) => onMessage(server, message, from, received++));
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return { port: server.address().port, received: () => received };
}

const echo: OnMessage = (server, message, { port, address }) => server.send(message, port, address);

async function drive(t: ExecutionContext, port: number, changes: Partial<Job>) {
  const job = jobFor(port, {
    exchange: { kind: 'datagram', sizeBytes: 16 },
    requests: 30,
    ...changes,
  });
  const recorder = new Recorder(monotonicMs, job.durationMs);
  await udp.drive(job, recorder);
  const spell = recorder.finish({ cpuSeconds: 0, eventLoopUtilization: 0, saturated: false });
  const { client, latency } = spell;
  t.is(client.requestsSent, client.requestsCompleted + client.requestsFailed);
  t.is(latency.response.count, client.requestsCompleted);
  return spell;
}

for (const sizeBytes of [1, 3, 16, 60_000]) {
  test.serial(`datagrams of ${sizeBytes} bytes go and come back, every one`, async (t) => {
    const { port, received } = await datagramServer(t, echo);

    const { client } = await drive(t, port, { exchange: { kind: 'datagram', sizeBytes } });

    t.like(client, { requestsSent: 30, requestsCompleted: 30, errors: {} });
    t.is(received(), 30);
  });
}

test.serial('each socket has its own port, and one datagram under way', async (t) => {
  const ports = new Map<number, number>();
  const { port } = await datagramServer(t, (server, message, from) => {
    ports.set(from.port, (ports.get(from.port) ?? 0) + 1);
    setTimeout(() => server.send(message, from.port, from.address), 5);
  });

  await drive(t, port, { connections: 3 });

  t.deepEqual([...ports.values()], [10, 10, 10]);
});

test.serial('one that is not answered in time is lost, and the next one goes out', async (t) => {
  const { port, received } = await datagramServer(t, (server, message, from, index) => {
    if (index !== 3 && index !== 8) echo(server, message, from, index);
  });

  const { client } = await drive(t, port, { connections: 6, timeoutMs: 300 });

  t.is(client.requestsSent, received());
  const { LOST = 0 } = client.errors;
  // On a machine that stands still others may be given up as well.
  t.true(LOST >= 2);
  t.is(client.requestsFailed, LOST);
});

test.serial('an answer to one that was given up is not taken for that to the next', async (t) => {
  let first: Buffer | undefined;
  const { port } = await datagramServer(t, (server, message, from, index) => {
    // The first is answered when the client asks the second, having given the first up.
    first ??= message;
    if (index === 1) server.send(first, from.port, from.address);
    if (index > 0) server.send(message, from.port, from.address);
  });

  const { client } = await drive(t, port, { connections: 1, rate: 20, requests: 10, timeoutMs: 200 });

  const { LOST = 0, LATE_ANSWER = 0, ...others } = client.errors;
  t.true(LATE_ANSWER >= 1 && LATE_ANSWER <= LOST);
  t.deepEqual(others, {});
});

test.serial('an answer that comes twice is one answer', async (t) => {
  const { port } = await datagramServer(t, (server, message, from, index) => {
    echo(server, message, from, index);
    echo(server, message, from, index);
  });

  const { client } = await drive(t, port, { connections: 1, rate: 200 });

  t.is(client.requestsCompleted, 30);
  t.true((client.errors.LATE_ANSWER ?? 0) >= 29);
});

test.serial('other bytes are a wrong answer', async (t) => {
  const { port } = await datagramServer(t, (server, message, from, index) => {
    message[15] = (message[15] ?? 0) ^ (index === 4 ? 1 : 0);
    echo(server, index === 7 ? message.subarray(0, 9) : message, from, index);
  });

  const { client } = await drive(t, port, { connections: 1, durationMs: 500, requests: null });

  t.deepEqual(client.errors, { WRONG_ANSWER: 2 });
});

for (const limit of [{ requests: 20 }, { durationMs: 200, requests: null }, { rate: 100, requests: 20 }]) {
  test.serial(`a port that nobody is bound to ends in time: ${JSON.stringify(limit)}`, async (t) => {
    const server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');

    const { client } = await drive(t, port, limit);

    t.is(client.requestsCompleted, 0);
    t.true((client.errors.ECONNREFUSED ?? 0) > 0);
  });
}

test.serial('an open loop sends what is due, from the local addresses in turns', async (t) => {
  const from = new Set<string>();
  const { port } = await datagramServer(t, (server, message, sender, index) => {
    from.add(sender.address);
    echo(server, message, sender, index);
  });
  const localAddresses = ['127.0.0.2', '127.0.0.3'];

  const { client } = await drive(t, port, { rate: 300, durationMs: 200, requests: null, localAddresses });

  t.like(client, { scheduled: 60, unsent: 0, requestsCompleted: 60 });
  t.deepEqual([...from].toSorted(), localAddresses);
});

for (const changes of [
  {},
  { durationMs: 100, requests: null },
  { rate: 100, durationMs: 100, requests: null },
])
  test.serial(`an address that a socket cannot have ends in time: ${JSON.stringify(changes)}`, async (t) => {
    const { port, received } = await datagramServer(t, echo);
    const wrong = { localAddresses: ['::1'], timeoutMs: 100, connections: 2 };

    const { client } = await drive(t, port, { ...wrong, ...changes });

    t.is(received(), 0);
    t.like(client, { requestsSent: 0, requestsCompleted: 0 });
    t.is(Object.values(client.errors)[0], 2);
    t.is(client.unsent, client.scheduled);
  });
