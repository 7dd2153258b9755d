import { createServer } from 'node:net';
import { tellsPid } from './tells-pid.js';
import type { Workload } from './workload.js';

export const connect = {
  name: 'connect',
  summary: 'TCP connection churn: connect, the server sends its PID and closes',
  driver: 'raw',
  exchange: () => ({ kind: 'pid' }),
  serveArguments: () => [],
  serve() {
    tellsPid(createServer()).listen(0, '127.0.0.1');
  },
} satisfies Workload;
