import { createServer } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import { monotonicMs } from '../../../../harness/clock.js';
import { OpenLoop } from '../../../../harness/drivers/raw/open-loop.js';
import type { Pacer } from '../../../../harness/drivers/raw/pacer.js';
import { raw } from '../../../../harness/drivers/raw.js';
import { Recorder, type Spell } from '../../../../harness/drivers/recorder.js';
import { spell } from '../../../helpers/spell.js';
import { countingServer, deadPort } from '../../../helpers/tcp-server.js';

const http = { kind: 'http', method: 'GET', paths: ['/'], headers: [], body: null } as const;
const usage = { cpuSeconds: 0, eventLoopUtilization: 0, saturated: false };

/** An open loop that is told by hand, with `due`, to look what is due. */
function paced({ rate, durationMs }: { rate: number; durationMs: number }, recorder: Recorder) {
  let onDue = () => 0;
  const pacer: Pacer = {
    start(_schedule, _startedAtMs, callback) {
      onDue = callback;
    },
    stop() {},
  };
  const thread = { index: 0, of: 1 };
  const schedule = { rate, arrivals: 'constant' as const, durationMs, requests: null, seed: 1, thread };
  return { loop: new OpenLoop(schedule, recorder, pacer), due: () => onDue() };
}

/**
 * An open loop on a clock that is set by hand, before a server that answers in `serviceMs` and one at a time, except that
 * it stands still from `stall[0]` to `stall[1]`.
 */
function simulate(
  { rate, durationMs, timeoutMs = 1e9 }: { rate: number; durationMs: number; timeoutMs?: number },
  { serviceMs, stall = [0, 0] }: { serviceMs: number; stall?: [fromMs: number, toMs: number] },
): Spell {
  const clock = { ms: 1000 };
  const startedAtMs = clock.ms;
  const recorder = new Recorder(() => clock.ms, durationMs);
  const { loop, due } = paced({ rate, durationMs }, recorder);
  let busyUntil = 0;
  const place = {
    index: 0,
    pump() {
      if (clock.ms < busyUntil) return;
      const intendedMs = loop.take(clock.ms, 0);
      if (intendedMs === undefined) {
        if (!loop.over) loop.idle(place);
        return;
      }
      const from = clock.ms - startedAtMs;
      const stalledMs = from >= stall[0] && from < stall[1] ? stall[1] - from : 0;
      busyUntil = clock.ms + stalledMs + serviceMs;
      recorder.counts.requestsSent += 1;
      recorder.answered(intendedMs, clock.ms, null, busyUntil);
    },
  };
  loop.start();
  loop.idle(place);
  const stepMs = Math.min(serviceMs, 1000 / rate) / 4;
  for (; !loop.over; clock.ms += stepMs) {
    due();
    place.pump();
    loop.sweep(clock.ms - timeoutMs);
  }
  return recorder.finish(usage);
}

test('a stall is seen as long as it was by all that was due in it (R 100, S 1 s, T 20 s)', (t) => {
  const { client, latency } = simulate(
    { rate: 100, durationMs: 20_000 },
    { serviceMs: 1, stall: [8000, 9000] },
  );

  t.is(client.scheduled, 2000);
  t.is(client.requestsCompleted, 2000);
  // p_q ≈ S − (1 − q)·T·(1 − ρ) + 1/μ with ρ = R/μ = 0.1.
  const expected = (q: number) => 1e6 * (1 - (1 - q) * 20 * 0.9 + 0.001);
  t.true(Math.abs(latency.response.p99 / expected(0.99) - 1) < 0.05, String(latency.response.p99));
  t.true(Math.abs(latency.response.p99_9 / expected(0.999) - 1) < 0.03, String(latency.response.p99_9));
  // One request alone was sent into the stall.
  t.true((latency.service?.p99 ?? 0) < 2000);
  t.is(client.achieved, 1);
});

test('a rate that is kept up with is achieved, also where a stall at the end leaves some for the drain', (t) => {
  const { client } = simulate({ rate: 100, durationMs: 2000 }, { serviceMs: 1, stall: [1900, 2500] });

  t.like(client, { scheduled: 200, requestsCompleted: 200, unsent: 0, achieved: 1 });
  t.true(client.completedByDeadline < 200);
});

test('a rate out of reach is achieved by the part that the server can do', (t) => {
  const { client } = simulate({ rate: 1000, durationMs: 2000 }, { serviceMs: 1.25 });

  t.true(Math.abs((client.achieved ?? 0) - 0.8) < 0.01, String(client.achieved));
});

test('what cannot be sent within the timeout after the deadline is counted as unsent', (t) => {
  const { client } = simulate({ rate: 1000, durationMs: 1000, timeoutMs: 500 }, { serviceMs: 10 });

  t.is((client.unsent ?? 0) + client.requestsSent, 1000);
  t.true(Math.abs((client.unsent ?? 0) - 850) <= 2, String(client.unsent));
});

async function httpServer(t: ExecutionContext, atMs: number[] = []) {
  return countingServer(
    t,
    () => {},
    createServer((_request, response) => {
      atMs.push(monotonicMs());
      response.end('hello');
    }),
  );
}

for (const [title, changes] of [
  ['kept connections', {}],
  ['a connection per request', { requestsPerConnection: 1 }],
  ['pipelining', { pipelining: 4 }],
] as const) {
  test.serial(
    `${title}: what is scheduled is sent, every bit of it, and its time counts from when it was due`,
    async (t) => {
      const server = await httpServer(t);

      const { client, latency, startedAtMs, deadlineMs } = await spell(t, raw, server, {
        exchange: http,
        rate: 400,
        durationMs: 500,
        connections: 8,
        ...changes,
      });

      t.is(deadlineMs, startedAtMs + 500);
      t.like(client, {
        scheduled: 200,
        unsent: 0,
        requestsSent: 200,
        requestsCompleted: 200,
        requestsFailed: 0,
      });
      t.is(client.sendLag?.count, 200);
      t.is(latency.service?.count, 200);
      t.true((latency.service?.p50 ?? 0) <= latency.response.p50);
    },
  );
}

test.serial('a count of arrivals is exact', async (t) => {
  const server = await httpServer(t);

  const { client } = await spell(t, raw, server, {
    exchange: http,
    rate: 2000,
    requests: 77,
    arrivals: 'poisson',
  });

  t.like(client, { scheduled: 77, requestsSent: 77, requestsCompleted: 77 });
});

test.serial('nothing is sent before it is due', async (t) => {
  const atMs: number[] = [];
  const server = await httpServer(t, atMs);

  const { startedAtMs } = await spell(t, raw, server, { exchange: http, rate: 500, requests: 100 });

  t.true(atMs.every((at, index) => at >= startedAtMs + index * 2));
});

for (const changes of [{ durationMs: 300 }, { requests: 60 }, { requests: 60, requestsPerConnection: 1 }]) {
  test.serial(`a port where nobody listens ends in time: ${JSON.stringify(changes)}`, async (t) => {
    const port = await deadPort();
    const job = { exchange: http, rate: 200, timeoutMs: 200, ...changes };

    const { client } = await spell(t, raw, { port }, job);

    t.like(client, { scheduled: 60, unsent: 60, requestsSent: 0 });
  });
}

test.serial('a schedule without an arrival is over at once', async (t) => {
  const server = await httpServer(t);
  // Of two threads the second has every other arrival, and there is one.
  const job = { exchange: http, rate: 1, durationMs: 100, thread: { index: 1, of: 2 } };

  const { client } = await spell(t, raw, server, job);

  t.like(client, { scheduled: 0, unsent: 0, requestsSent: 0, achieved: 1 });
});

test('one arrival that is sent is a rate that was achieved', (t) => {
  t.is(simulate({ rate: 1, durationMs: 1000 }, { serviceMs: 1 }).client.achieved, 1);
});

test('a place that has no room after all leaves the arrival to the next one', (t) => {
  const { loop, due } = paced({ rate: 1, durationMs: 500 }, new Recorder(() => 0, 500));
  const taken: (number | undefined)[] = [];
  loop.idle({ index: 0, pump: () => {} });
  loop.idle({ index: 1, pump: () => taken.push(loop.take(0, 1)) });

  loop.start();
  due();

  t.is(taken[0], 0);
});

test.serial('a dead server sends nothing and ends in time', async (t) => {
  const server = await countingServer(t, (socket) => socket.resume());

  const { client } = await spell(t, raw, server, {
    exchange: http,
    rate: 200,
    durationMs: 300,
    timeoutMs: 200,
    connections: 2,
  });

  t.is((client.unsent ?? 0) + client.requestsSent, client.scheduled ?? 0);
  t.is(client.requestsCompleted, 0);
});
