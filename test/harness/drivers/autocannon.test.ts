import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { autocannon } from '../../../harness/drivers/autocannon.js';
import { spell } from '../../helpers/spell.js';
import { countingServer, deadPort } from '../../helpers/tcp-server.js';

const http = { kind: 'http', method: 'GET', paths: ['/here?a=b'], headers: [], body: null } as const;

function httpServer(t: ExecutionContext, answer: RequestListener) {
  return countingServer(t, () => {}, createServer(answer));
}

test.serial('a count of requests is sent over kept connections and counted by status', async (t) => {
  const paths = new Set<string | undefined>();
  const server = await httpServer(t, (request, response) => {
    paths.add(`${request.method} ${request.url}`);
    response.end('hello');
  });

  const { client, latency } = await spell(t, autocannon, server, {
    exchange: http,
    requests: 20,
    connections: 4,
  });

  t.like(client, {
    opened: 4,
    requestsSent: 20,
    requestsCompleted: 20,
    completedByDeadline: 20,
    requestsFailed: 0,
  });
  t.deepEqual(client.status, { 200: 20 });
  t.deepEqual(client.errors, {});
  t.deepEqual([...paths], ['GET /here?a=b']);
  t.true(latency.response.min > 0);
});

test.serial('latencies are finer than a millisecond', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end('hello'));

  const { latency } = await spell(t, autocannon, server, { exchange: http, requests: 50, connections: 1 });

  t.true([latency.response.min, latency.response.p50, latency.response.p90].some((us) => us % 1000 !== 0));
});

test.serial('a redirect is an answer; 4xx and 5xx are failed requests', async (t) => {
  const statuses = [200, 301, 404, 503, 503];
  let asked = 0;
  const server = await httpServer(t, (_request, response) => {
    response.statusCode = statuses[asked++ % statuses.length] ?? 500;
    response.end('hello');
  });

  const { client, latency } = await spell(t, autocannon, server, {
    exchange: http,
    requests: 10,
    connections: 1,
  });

  t.deepEqual(client.status, { 200: 2, 301: 2, 404: 2, 503: 4 });
  t.like(client, { requestsSent: 10, requestsCompleted: 4, requestsFailed: 6 });
  t.deepEqual(client.errors, { HTTP_404: 2, HTTP_503: 4 });
  t.is(latency.response.count, 4);
});

test.serial('the deadline leaves nothing in flight', async (t) => {
  let answered = 0;
  const server = await httpServer(t, (_request, response) =>
    setTimeout(() => {
      answered += 1;
      response.end('hello');
    }, 20),
  );

  const { client, deadlineMs, startedAtMs } = await spell(t, autocannon, server, {
    exchange: http,
    durationMs: 150,
    connections: 5,
  });

  t.is(deadlineMs, startedAtMs + 150);
  t.like(client, { opened: 5, requestsFailed: 0 });
  t.is(client.requestsCompleted, answered);
  t.true(client.requestsCompleted >= 5);
});

test.serial('answers that close the connection are told', async (t) => {
  const server = await httpServer(t, (_request, response) => {
    response.setHeader('connection', 'close');
    response.end('hello');
  });

  const { client } = await spell(t, autocannon, server, { exchange: http, durationMs: 50, connections: 2 });

  t.true((client.errors.CONNECTION_CLOSE ?? 0) > 0);
});

test.serial('a server that stalls past the deadline is cut off after the timeout', async (t) => {
  const server = await httpServer(t, () => {});

  const { client } = await spell(t, autocannon, server, {
    exchange: http,
    durationMs: 100,
    timeoutMs: 400,
    connections: 3,
  });

  t.like(client, { requestsSent: 3, requestsCompleted: 0, requestsFailed: 3 });
});

test.serial(
  'requests that time out before the deadline are failed, and the connection is made anew',
  async (t) => {
    const server = await httpServer(t, () => {});

    const { client } = await spell(t, autocannon, server, {
      exchange: http,
      durationMs: 500,
      timeoutMs: 200,
      connections: 1,
    });

    t.true(client.timedOut >= 1);
    t.is(client.requestsCompleted, 0);
    t.true(client.requestsFailed >= client.timedOut);
  },
);

test.serial('a connection that is reset in the middle of an answer fails its request', async (t) => {
  let asked = 0;
  const server = await httpServer(t, (request, response) => {
    asked += 1;
    if (asked === 3) request.socket.resetAndDestroy();
    else response.end('hello');
  });

  const { client } = await spell(t, autocannon, server, { exchange: http, requests: 6, connections: 1 });

  t.like(client, { requestsSent: 6, requestsCompleted: 5, requestsFailed: 1, opened: 2 });
});

for (const [what, end] of [
  ['resets', (socket: Socket) => socket.resetAndDestroy()],
  ['closes', (socket: Socket) => socket.destroy()],
] as const) {
  test.serial(
    `after a connection that the server ${what} requests keep coming until the deadline`,
    async (t) => {
      let asked = 0;
      const server = await httpServer(t, (request, response) => {
        asked += 1;
        if (asked <= 2) end(request.socket);
        else response.end('hello');
      });

      const { client } = await spell(t, autocannon, server, {
        exchange: http,
        durationMs: 400,
        connections: 2,
      });

      t.like(client, { attempted: 4, opened: 4, requestsFailed: 2 });
      t.true(client.requestsCompleted > 0);
    },
  );
}

test.serial('a server that speaks no HTTP completes nothing', async (t) => {
  const server = await countingServer(t, (socket) => socket.on('data', () => socket.end('hello\n')));

  const { client } = await spell(t, autocannon, server, {
    exchange: http,
    durationMs: 150,
    timeoutMs: 500,
    connections: 2,
  });

  t.is(client.requestsCompleted, 0);
});

test.serial('a dead port is tried again after a while, not hammered', async (t) => {
  const { client } = await spell(
    t,
    autocannon,
    { port: await deadPort() },
    { exchange: http, durationMs: 250, timeoutMs: 500, connections: 2 },
  );

  t.true(client.attempted > 2 && client.attempted <= 8, String(client.attempted));
  t.like(client, { opened: 0, requestsSent: 0, requestsCompleted: 0 });
  t.is(client.refused, client.attempted);
});

test.serial('a count with more connections than requests is exact', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end('hello'));

  const { client } = await spell(t, autocannon, server, { exchange: http, requests: 3, connections: 10 });

  t.like(client, { requestsSent: 3, requestsCompleted: 3, requestsFailed: 0 });
});

test.serial('a count on a dead port ends', async (t) => {
  const { client } = await spell(
    t,
    autocannon,
    { port: await deadPort() },
    { exchange: http, requests: 10, connections: 2, timeoutMs: 300 },
  );

  t.like(client, { opened: 0, requestsCompleted: 0 });
});

test.serial('a count that a silent server never answers ends', async (t) => {
  const server = await httpServer(t, () => {});

  const { client } = await spell(t, autocannon, server, {
    exchange: http,
    requests: 1000,
    connections: 2,
    timeoutMs: 300,
  });

  t.is(client.requestsCompleted, 0);
});
