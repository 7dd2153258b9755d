import test from 'ava';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { Recorder } from '../../../harness/drivers/recorder.js';

const usage = { cpuSeconds: 1, eventLoopUtilization: 0.5, saturated: false };

function recorderAt(startMs: number, durationMs: number | null) {
  const clock = { ms: startMs };
  return { clock, recorder: new Recorder(() => clock.ms, durationMs) };
}

test('the window is as long as was asked, however late the last answer is', (t) => {
  const { clock, recorder } = recorderAt(500, 2000);
  clock.ms = 2600;
  recorder.completed(5);
  clock.ms = 2700;

  const { startedAtMs, deadlineMs, endedAtMs, client } = recorder.finish(usage);

  t.deepEqual([startedAtMs, deadlineMs, endedAtMs], [500, 2500, 2700]);
  t.is(client.requestsCompleted, 1);
  t.is(client.completedByDeadline, 0);
});

test('an answer at the deadline is in time', (t) => {
  const { clock, recorder } = recorderAt(0, 100);
  clock.ms = 100;
  recorder.completed(1);
  clock.ms = 100.001;
  recorder.completed(1);

  t.like(recorder.finish(usage).client, { requestsCompleted: 2, completedByDeadline: 1 });
});

test('for a count of requests the window ends with the last answer, and every answer is in time', (t) => {
  const { clock, recorder } = recorderAt(100, null);
  clock.ms = 400;
  recorder.completed(1, 350);
  clock.ms = 900;

  const { deadlineMs, endedAtMs, client } = recorder.finish(usage);

  t.deepEqual([deadlineMs, endedAtMs, client.completedByDeadline], [350, 900, 1]);
});

test('a count of requests without any answer is a window without length', (t) => {
  const { clock, recorder } = recorderAt(100, null);
  clock.ms = 900;

  t.is(recorder.finish(usage).deadlineMs, 100);
});

test('errors are counted by their code, and the three kinds that the record names by themselves', (t) => {
  const { recorder } = recorderAt(0, 100);
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ETIMEDOUT']) recorder.error(code);
  recorder.failed('WRONG_ANSWER');
  recorder.failed('ECONNRESET');
  recorder.status(200);
  recorder.status(503);
  recorder.status(200);

  t.like(recorder.finish(usage).client, {
    refused: 1,
    reset: 3,
    timedOut: 2,
    requestsFailed: 2,
    errors: { ECONNREFUSED: 1, ECONNRESET: 2, EPIPE: 1, ETIMEDOUT: 2, WRONG_ANSWER: 1 },
    status: { 200: 2, 503: 1 },
    cpuSeconds: 1,
  });
});

test('latencies are whole microseconds at their nearest rank', (t) => {
  const { recorder } = recorderAt(0, 1e6);
  for (let ms = 1; ms <= 100; ms += 1) recorder.completed(ms / 1000);
  recorder.opened(0.0254);

  const { response, connect } = recorder.finish(usage).latency;

  // Of 1…100 µs: 99 by nearest rank, 99.01 by interpolation.
  t.like(response, {
    unit: 'us',
    count: 100,
    min: 1,
    max: 100,
    mean: 50.5,
    p50: 50,
    p90: 90,
    p99: 99,
    p99_9: 100,
  });
  t.like(connect, { count: 1, p50: 25, max: 25 });
});

test('the encoded histogram is the same one', (t) => {
  const { recorder } = recorderAt(0, 1000);
  for (const ms of [0.5, 3, 1234.567]) recorder.completed(ms);

  const { response } = recorder.finish(usage).latency;
  const decoded = decodeFromCompressedBase64(response.hdr);

  t.is(decoded.totalCount, 3);
  t.is(decoded.getValueAtPercentile(100), 1_234_943, 'the highest value of the bucket');
  t.is(decoded.getValueAtPercentile(50), response.p50);
  t.is(response.max, 1_234_567);
});

test('no percentile lies above the slowest sample', (t) => {
  const { recorder } = recorderAt(0, 1000);
  recorder.completed(10.003);

  const { max, p50, p75, p90, p95, p99, p99_9, p99_99 } = recorder.finish(usage).latency.response;

  t.is(max, 10_003);
  t.deepEqual([p50, p75, p90, p95, p99, p99_9, p99_99], Array(7).fill(max));
});

test('response times are kept per second of the window, empty seconds too', (t) => {
  const { clock, recorder } = recorderAt(5000, 10_000);
  for (const [atMs, ms] of [
    [5100, 1],
    [5999, 2],
    [7000, 3],
  ] as const) {
    clock.ms = atMs;
    recorder.completed(ms);
  }

  const { response, responseIntervalSeconds } = recorder.finish(usage);

  t.is(responseIntervalSeconds, 1);
  t.deepEqual(
    response.map((hdr) => decodeFromCompressedBase64(hdr).totalCount),
    [2, 0, 1],
  );
});

test('first bytes are told only where there were any', (t) => {
  const { recorder } = recorderAt(0, 1000);
  t.is(recorder.finish(usage).latency.firstByte, undefined);

  recorder.answered(0, 0, 1, 1);
  t.is(recorder.finish(usage).latency.firstByte?.count, 1);
});

test('answers are counted by the PID that they bear', (t) => {
  const { recorder } = recorderAt(0, 1000);
  for (const pid of ['12', '13', '12']) recorder.answeredBy(pid);

  t.deepEqual(recorder.finish(usage).answeredBy, { 12: 2, 13: 1 });
});
