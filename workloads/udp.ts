import { createSocket } from 'node:dgram';
import type { Workload } from './workload.js';

export const udp = {
  name: 'udp',
  summary: 'UDP datagrams, each sent back as it came; those that are lost are counted',
  transport: 'udp',
  driver: 'udp',
  exchange: ({ payloadSizeBytes }) => ({ kind: 'datagram', sizeBytes: payloadSizeBytes }),
  serveArguments: () => [],
  serve() {
    const socket = createSocket('udp4');
    socket.on('message', (message, { port, address }) => socket.send(message, port, address));
    socket.bind(0, '127.0.0.1');
  },
} satisfies Workload;
