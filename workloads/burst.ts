import { connect } from './connect.js';
import type { Workload } from './workload.js';

export const burst = {
  ...connect,
  name: 'burst',
  summary: 'TCP connections all at one instant on a server at rest; the server sends its PID and closes',
  pattern: 'bursts',
} satisfies Workload;
