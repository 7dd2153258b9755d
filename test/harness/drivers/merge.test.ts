import { createServer } from 'node:http';
import test from 'ava';
import fc from 'fast-check';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { mergeSpells } from '../../../harness/drivers/merge.js';
import { Recorder } from '../../../harness/drivers/recorder.js';
import { driveInThreads, partOf } from '../../../harness/drivers/threads.js';
import { jobFor } from '../../helpers/spell.js';
import { countingServer } from '../../helpers/tcp-server.js';
import { thorough } from '../../helpers/thorough.js';

const http = { kind: 'http', method: 'GET', paths: ['/'], headers: [], body: null } as const;
const usage = { cpuSeconds: 0, eventLoopUtilization: 0.5, saturated: false };
const buckets = (hdr: string) => decodeFromCompressedBase64(hdr, 64).outputPercentileDistribution();

test('merged histograms are one histogram of all samples, bucket for bucket', (t) => {
  const samples = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 200 });
  const property = fc.property(fc.array(samples, { minLength: 1, maxLength: 4 }), (parts) => {
    const record = (list: readonly number[]) => {
      const recorder = new Recorder(() => 0, 1000);
      for (const ms of list) recorder.completed(ms);
      return recorder.finish(usage);
    };
    const merged = mergeSpells(parts.map(record));
    const whole = record(parts.flat());
    const [{ hdr, mean, ...figures }, { hdr: wholeHdr, mean: wholeMean, ...wholeFigures }] = [
      merged.latency.response,
      whole.latency.response,
    ];
    t.deepEqual(figures, wholeFigures);
    t.true(Math.abs(mean - wholeMean) <= wholeMean / 1000);
    t.is(buckets(hdr), buckets(wholeHdr));
    t.deepEqual(merged.response.map(buckets), whole.response.map(buckets));
    t.deepEqual(merged.client.requestsCompleted, whole.client.requestsCompleted);
  });
  fc.assert(property, { numRuns: thorough ? 50 : 10 });
});

test('the parts of a job add up to it', (t) => {
  const property = fc.property(
    fc.integer({ min: 1, max: 99 }),
    fc.integer({ min: 1, max: 9 }),
    (connections, of) => {
      const job = jobFor(1, { exchange: http, connections, requests: connections * 3 + 1 });
      const parts = Array.from({ length: of }, (_, index) => partOf(job, index, of));
      const sum = (pick: (part: (typeof parts)[number]) => number) =>
        parts.reduce((total, part) => total + pick(part), 0);
      t.is(
        sum((part) => part.connections),
        connections,
      );
      const places = parts.flatMap((part) =>
        Array.from({ length: part.connections }, (_, index) => part.firstPlace + index),
      );
      t.deepEqual(
        places,
        Array.from({ length: connections }, (_, index) => index),
      );
      t.is(
        sum((part) => part.requests ?? 0),
        connections * 3 + 1,
      );
    },
  );
  fc.assert(property);
});

for (const load of [
  { requests: 101 },
  { requests: 101, rate: 2000 },
  { durationMs: 200, requests: null, rate: 500 },
]) {
  test.serial(`threads drive ${JSON.stringify(load)} between them, exactly`, async (t) => {
    const server = await countingServer(
      t,
      () => {},
      createServer((_request, response) => response.end('hello')),
    );

    let begun = 0;
    const { client, latency } = await driveInThreads(
      jobFor(server.port, {
        driver: 'raw',
        exchange: http,
        connections: 5,
        ...load,
        thread: { index: 0, of: 3 },
      }),
      () => {
        begun += 1;
      },
    );

    const expected = load.requests ?? 100;
    t.like(client, { opened: 5, requestsSent: expected, requestsCompleted: expected, requestsFailed: 0 });
    t.is(latency.response.count, expected);
    t.is(server.accepted(), 5);
    t.is(begun, 1);
    if (load.rate !== undefined) t.like(client, { scheduled: expected, unsent: 0 });
  });
}

test.serial('more threads than connections are not started', async (t) => {
  const server = await countingServer(
    t,
    () => {},
    createServer((_request, response) => response.end('hello')),
  );

  const { client } = await driveInThreads(
    jobFor(server.port, { driver: 'raw', exchange: http, connections: 2, thread: { index: 0, of: 8 } }),
    () => {},
  );

  t.is(client.opened, 2);
});
