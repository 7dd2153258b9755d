import { createServer } from 'node:net';
import test from 'ava';
import { connectionsOf } from '../../../../harness/drivers/raw/connections.js';
import { assertSocketsKnown, tcpBinding } from '../../../../harness/drivers/raw/tcp-binding.js';
import { raw } from '../../../../harness/drivers/raw.js';
import { jobFor, spell } from '../../../helpers/spell.js';
import { countingServer } from '../../../helpers/tcp-server.js';

const http = { kind: 'http', method: 'GET', paths: ['/'], headers: [], body: null } as const;
const job = jobFor(1, { exchange: http });

for (const version of ['20.19.0', '22.23.3', '24.21.0', '26.10.0'])
  test(`Node ${version}: TCP is spoken on the bare handle`, (t) => {
    t.is(connectionsOf(job, tcpBinding(version, {})).sockets, 'handle');
  });

test('what the bare handle cannot do, or is not known to, is left to net.Socket', (t) => {
  const binding = tcpBinding('24.21.0', {});
  const sockets = (changes: Partial<typeof job>) => connectionsOf({ ...job, ...changes }, binding).sockets;
  t.is(sockets({ tls: { ca: null, insecure: true } }), 'net');
  t.is(sockets({ target: { path: '/tmp/x' } }), 'net');
  t.is(sockets({ target: { host: 'localhost', port: 1 } }), 'net');
  t.is(connectionsOf(job, tcpBinding('24.21.0', { CLUSTER_BENCH_SOCKETS: 'net' })).sockets, 'net');
  for (const version of ['21.7.3', '28.0.0'])
    t.is(connectionsOf(job, tcpBinding(version, {})).sockets, 'net');
});

test('a value that would not be heeded is refused', (t) => {
  for (const CLUSTER_BENCH_SOCKETS of [undefined, '', 'net', 'handle'])
    t.notThrows(() => assertSocketsKnown({ CLUSTER_BENCH_SOCKETS }));
  t.throws(() => assertSocketsKnown({ CLUSTER_BENCH_SOCKETS: 'Net' }), {
    message: 'CLUSTER_BENCH_SOCKETS=Net: expected net, or handle where Node has it as it is known',
  });
});

test.serial('the record tells which', async (t) => {
  const server = await countingServer(t, (socket) => socket.end(`${process.pid}\n`));
  for (const sockets of ['handle', 'net'] as const) {
    process.env.CLUSTER_BENCH_SOCKETS = sockets;
    const { client } = await spell(t, raw, { port: server.port }, { exchange: { kind: 'pid' } });
    t.is(client.sockets, sockets);
  }
});

for (const sockets of ['handle', 'net'])
  test.serial(
    `${sockets}: more than the kernel takes at once arrives whole, also behind the end of the answers`,
    async (t) => {
      process.env.CLUSTER_BENCH_SOCKETS = sockets;
      const size = 8 * 2 ** 20;
      const received: number[] = [];
      const server = await countingServer(
        t,
        (socket, index) => {
          received[index] = 0;
          // It says that it has no more to say before it reads.
          socket.end();
          setTimeout(() => {
            socket.on('data', (chunk) => {
              received[index] = (received[index] ?? 0) + chunk.length;
            });
          }, 50);
        },
        createServer({ allowHalfOpen: true }),
      );
      const body = Buffer.alloc(size).toString('base64');

      const { client } = await spell(t, raw, server, {
        exchange: { ...http, method: 'POST', body },
        requests: 2,
        connections: 2,
      });

      t.deepEqual(client.errors, { NO_ANSWER: 2 });
      t.true(received.every((bytes) => bytes > size));
    },
  );
