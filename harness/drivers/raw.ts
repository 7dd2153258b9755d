import type { Driver } from './driver.js';
import { connectionPerExchange } from './raw-connect.js';
import { keptConnections } from './raw-echo.js';

/** Our own client on `net.Socket`: closed loop, every answer verified. */
export const raw = {
  name: 'raw',
  exchanges: ['pid', 'conversation', 'echo'],
  drive: (job, recorder) =>
    job.exchange.kind === 'echo' ? keptConnections(job, recorder) : connectionPerExchange(job, recorder),
} satisfies Driver;
