import test from 'ava';
import { httpWorkloads } from '../../cli/contradictions.js';
import { workloads } from '../../workloads/index.js';

test('the workloads that flags take for HTTP are those that speak it', (t) => {
  const request = { payloadSizeBytes: 1, seed: 1, method: 'GET', paths: ['/'], headers: [], body: null };
  const speakHttp = workloads.filter(({ exchange }) => exchange(request).kind === 'http');

  t.deepEqual(
    [...httpWorkloads],
    speakHttp.map(({ name }) => name),
  );
});
