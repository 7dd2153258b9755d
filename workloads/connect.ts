import { createServer } from 'node:net';
import { announceRequest } from './request-channel.js';
import type { Workload } from './workload.js';

export const connect = {
  name: 'connect',
  summary: 'TCP connection churn: connect, the server sends its PID and closes',
  driver: 'raw',
  exchange: () => ({ kind: 'pid' }),
  serveArguments: () => [],
  serve() {
    const answer = `${process.pid}\n`;
    const server = createServer((socket) => {
      announceRequest(socket);
      socket.on('error', () => socket.destroy());
      socket.end(answer);
    });
    server.listen(0, '127.0.0.1');
  },
} satisfies Workload;
