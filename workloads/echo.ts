import { createServer } from 'node:net';
import { announceRequest } from './request-channel.js';
import type { Workload } from './workload.js';

export const echo = {
  name: 'echo',
  summary: 'long-lived TCP connections, one message at a time, sent back as it came',
  driver: 'raw',
  exchange: ({ payloadSizeBytes }) => ({ kind: 'echo', sizeBytes: payloadSizeBytes }),
  serveArguments: ({ payloadSizeBytes }) => [String(payloadSizeBytes)],
  serve(size) {
    const messageBytes = Number(size);
    const server = createServer((socket) => {
      let pending = 0;
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        for (pending += chunk.length; pending >= messageBytes; pending -= messageBytes)
          announceRequest(socket);
        socket.write(chunk);
      });
    });
    server.listen(0, '127.0.0.1');
  },
} satisfies Workload;
