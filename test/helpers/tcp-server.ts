import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { ExecutionContext } from 'ava';
import { freePort } from '../../harness/free-port.js';
import { until } from './until.js';

export interface CountingServer {
  server: Server;
  port: number;
  accepted(): number;
  /** Sockets that are open on the server's side. */
  open(): number;
}

/** Listens on 127.0.0.1 in this process and counts; it and its sockets are closed when the test ends. */
export async function countingServer(
  t: ExecutionContext,
  onSocket: (socket: Socket, index: number) => void,
  server: Server = createServer(),
): Promise<CountingServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    onSocket(socket, accepted++);
  });
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, port, accepted: () => accepted, open: () => sockets.size };
}

/**
 * A port of 127.0.0.1 at which nothing listens. No client is given it as its own either, or one that tries often enough
 * would come to connect to itself.
 */
export async function deadPort(): Promise<number> {
  const port = await freePort();
  // A process that another thread of ours is starting has a copy of the socket that looked, until it runs its command.
  await until(async () => !(await answers(port)));
  return port;
}

/** Whether something listens at a port of 127.0.0.1. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
