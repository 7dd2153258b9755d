import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './connect.js';
import { tellsPid } from './tells-pid.js';
import type { Workload } from './workload.js';

export const unix = {
  ...connect,
  name: 'unix',
  summary: 'connection churn over a UNIX-domain socket; the server sends its PID and closes',
  transport: 'unix',
  serve() {
    // The trial's folder, which goes when the trial ends.
    tellsPid(createServer()).listen(join(process.env.CLUSTER_BENCH_PROBE ?? tmpdir(), 'socket'));
  },
} satisfies Workload;
