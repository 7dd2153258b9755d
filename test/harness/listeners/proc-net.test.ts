import { writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import test from 'ava';
import { tcpListenLines } from '../../../harness/listeners/proc-net.js';
import { temporaryFolder } from '../../helpers/temporary.js';

const title =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (state: string, inode: number) =>
  `   ${inode}: 0100007F:1F90 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0`;
const inodes = (lines: string[][]) => lines.map((fields) => Number(fields[9]));

test('it reads up to the first socket that does not listen, however many listen', async (t) => {
  const file = path.join(await temporaryFolder(t), 'tcp');
  const listening = Array.from({ length: 1000 }, (_, index) => line('0A', index + 1));
  listening.splice(500, 0, line('03', 5000));
  writeFileSync(file, [title, ...listening, line('01', 6000), line('06', 7000), ''].join('\n'));

  t.deepEqual(
    inodes(tcpListenLines(file)),
    Array.from({ length: 1000 }, (_, index) => index + 1),
  );
});

test('a table of nothing but listeners, an empty one, and none', async (t) => {
  const file = path.join(await temporaryFolder(t), 'tcp');
  writeFileSync(file, [title, line('0A', 1), ''].join('\n'));
  t.deepEqual(inodes(tcpListenLines(file)), [1]);
  writeFileSync(file, `${title}\n`);
  t.deepEqual(tcpListenLines(file), []);
  t.deepEqual(tcpListenLines(`${file}6`), []);
});

(process.platform === 'linux' ? test : test.skip)(
  'the kernel lists those that listen before those that are connected',
  async (t) => {
    const servers = await Promise.all(Array.from({ length: 20 }, listeningServer));
    const ports = servers.map((server) => (server.address() as { port: number }).port);
    const clients = await Promise.all(ports.map(connected));
    t.teardown(() => {
      for (const client of clients) client.destroy();
      for (const server of servers) server.close();
    });

    const seen = new Set(
      tcpListenLines('/proc/net/tcp').map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16)),
    );
    t.true(ports.every((port) => seen.has(port)));
  },
);

function listeningServer(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}

function connected(port: number): Promise<ReturnType<typeof connect>> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket));
  });
}
