import test from 'ava';
import { workloadsThat } from '../../cli/contradictions.js';
import { workloads } from '../../workloads/index.js';
import type { Workload } from '../../workloads/workload.js';

test('what the rules for flags know of the workloads is so', (t) => {
  const options = { payloadSizeBytes: 1, seed: 1, method: 'GET', paths: ['/'], headers: [], body: null };
  const those = (are: (workload: Workload) => boolean) => workloads.filter(are).map(({ name }) => name);

  t.deepEqual(workloadsThat, {
    speakHttp: those(({ exchange }) => exchange(options).kind === 'http'),
    echo: those(({ exchange }) => exchange(options).kind === 'echo'),
    sendDatagrams: those(({ exchange }) => exchange(options).kind === 'datagram'),
    haveRate: those(({ rate }) => rate !== undefined),
    burst: those(({ pattern }) => pattern === 'bursts'),
  });
});
