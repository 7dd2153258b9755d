import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { raw } from '../../../../harness/drivers/raw.js';
import { spell } from '../../../helpers/spell.js';
import { countingServer, deadPort } from '../../../helpers/tcp-server.js';

const http = { kind: 'http', method: 'GET', paths: ['/'], headers: [], body: null } as const;

function httpServer(t: ExecutionContext, answer: RequestListener) {
  return countingServer(t, () => {}, createServer(answer));
}

/** Answers the first bytes of each request with what `answer` does. */
function scripted(t: ExecutionContext, answer: (socket: Socket, index: number) => void) {
  return countingServer(
    t,
    (socket, index) => socket.on('data', () => answer(socket, index)).on('end', () => socket.end()),
    createTcpServer({ allowHalfOpen: true }),
  );
}

test.serial('kept connections: as many as asked for carry all requests, with times apart', async (t) => {
  const server = await httpServer(t, (_request, response) => {
    response.write('hel');
    setTimeout(() => response.end('lo'), 20);
  });

  const { client, latency } = await spell(t, raw, server, { exchange: http, requests: 12, connections: 3 });

  t.like(client, { opened: 3, requestsSent: 12, requestsCompleted: 12, requestsFailed: 0 });
  t.deepEqual([client.status, client.errors], [{ 200: 12 }, {}]);
  t.is(latency.firstByte?.count, 12);
  t.true((latency.firstByte?.p50 ?? 0) < latency.response.p50);
});

test.serial('method, headers, body and paths arrive as they were given', async (t) => {
  const seen: unknown[] = [];
  const server = await httpServer(t, (request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push([request.method, request.url, request.headers.host, request.headers['x-a'], body]);
      response.end();
    });
  });
  const exchange = {
    ...http,
    method: 'PUT',
    paths: ['/a', '/b?c'],
    headers: [['X-A', 'one two']],
    body: Buffer.from('h\u00e9\0', 'latin1').toString('base64'),
  } as const;

  await spell(t, raw, server, { exchange, requests: 3, connections: 1 });

  const host = `127.0.0.1:${server.port}`;
  t.deepEqual(
    seen,
    ['/a', '/b?c', '/a'].map((path) => ['PUT', path, host, 'one two', 'h\u00e9\0']),
  );
});

test.serial('a header of the user goes before ours', async (t) => {
  const hosts = new Set<string | undefined>();
  const server = await httpServer(t, (request, response) => {
    hosts.add(request.headers.host);
    response.end();
  });

  await spell(t, raw, server, { exchange: { ...http, headers: [['host', 'example.org']] } });

  t.deepEqual([...hosts], ['example.org']);
});

for (const requestsPerConnection of [1, 3]) {
  test.serial(`${requestsPerConnection} requests per connection, and the last one says so`, async (t) => {
    const asked: (string | undefined)[] = [];
    const server = await httpServer(t, (request, response) => {
      asked.push(request.headers.connection);
      response.end('hello');
    });

    const { client } = await spell(t, raw, server, {
      exchange: http,
      requestsPerConnection,
      requests: 12,
      connections: 2,
    });

    t.like(client, { opened: 12 / requestsPerConnection, requestsCompleted: 12, requestsFailed: 0 });
    t.is(asked.filter((connection) => connection === 'close').length, 12 / requestsPerConnection);
  });
}

test.serial('a connection that the server closes after its answer is replaced', async (t) => {
  const server = await httpServer(t, (_request, response) => {
    response.setHeader('connection', 'close').end('hello');
  });

  const { client } = await spell(t, raw, server, { exchange: http, requests: 6, connections: 2 });

  t.like(client, { opened: 6, requestsCompleted: 6, requestsFailed: 0 });
  t.deepEqual(client.errors, {});
});

test.serial('pipelining: so many are outstanding at a time, and no more', async (t) => {
  let [waiting, most] = [0, 0];
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
  const server = await countingServer(t, (socket) =>
    socket.setEncoding('latin1').on('data', (chunk) => {
      const asked = String(chunk).split('\r\n\r\n').length - 1;
      waiting += asked;
      most = Math.max(most, waiting);
      setTimeout(() => {
        waiting -= asked;
        socket.write(answer.repeat(asked));
      }, 5);
    }),
  );

  const { client } = await spell(t, raw, server, {
    exchange: http,
    pipelining: 4,
    requests: 41,
    connections: 1,
  });

  t.is(most, 4);
  t.like(client, { opened: 1, requestsSent: 41, requestsCompleted: 41, requestsFailed: 0 });
});

test.serial('HEAD, 204 and 304 have no body', async (t) => {
  const server = await httpServer(t, (_request, response) => response.setHeader('content-length', 5).end());
  const head = await spell(t, raw, server, { exchange: { ...http, method: 'HEAD' }, requests: 4 });
  t.like(head.client, { requestsCompleted: 4, requestsFailed: 0 });

  const statuses = [204, 304];
  let asked = 0;
  const empty = await httpServer(t, (_request, response) => {
    response.statusCode = statuses[asked++ % 2] ?? 500;
    response.end();
  });
  const { client } = await spell(t, raw, empty, { exchange: http, requests: 4, connections: 1 });
  t.like(client, { opened: 1, requestsCompleted: 4, status: { 204: 2, 304: 2 } });
});

test.serial('4xx and 5xx are failed requests on a connection that stays', async (t) => {
  const statuses = [200, 404, 503];
  let asked = 0;
  const server = await httpServer(t, (_request, response) => {
    response.statusCode = statuses[asked++ % 3] ?? 500;
    response.end('x');
  });

  const { client } = await spell(t, raw, server, { exchange: http, requests: 9, connections: 1 });

  t.like(client, { opened: 1, requestsCompleted: 3, requestsFailed: 6 });
  t.deepEqual(client.errors, { HTTP_404: 3, HTTP_503: 3 });
});

test.serial('a body without a length ends with its connection', async (t) => {
  const server = await scripted(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\nhel');
    setTimeout(() => socket.end('lo'), 10);
  });

  const { client } = await spell(t, raw, server, { exchange: http, requests: 3, connections: 1 });

  t.like(client, { opened: 3, requestsCompleted: 3, requestsFailed: 0 });
});

const wrongs: [title: string, code: string, answer: (socket: Socket) => void][] = [
  ['a close before the answer', 'NO_ANSWER', (socket) => socket.end()],
  [
    'a close in the middle of a body',
    'TRUNCATED_ANSWER',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'),
  ],
  ['a close in the middle of a head', 'TRUNCATED_ANSWER', (socket) => socket.end('HTTP/1.1 200 O')],
  ['a reset', 'ECONNRESET', (socket) => socket.resetAndDestroy()],
  ['garbage', 'NOT_HTTP', (socket) => socket.end('\0\xffgarbage\r\n\r\n')],
];

for (const [title, code, answer] of wrongs) {
  test.serial(`${title} is a failed request: ${code}`, async (t) => {
    const server = await scripted(t, answer);

    const { client } = await spell(t, raw, server, { exchange: http, requests: 4, connections: 2 });

    t.like(client, { opened: 4, requestsSent: 4, requestsCompleted: 0, requestsFailed: 4 });
    t.deepEqual(client.errors, { [code]: 4 });
  });
}

test.serial('an answer that never comes is timed out', async (t) => {
  const server = await scripted(t, () => {});

  const { client } = await spell(t, raw, server, {
    exchange: http,
    durationMs: 50,
    timeoutMs: 60,
    connections: 2,
  });

  t.like(client, { requestsSent: 2, requestsFailed: 2, timedOut: 2 });
});

test.serial('an answer that nobody asked for ends its connection', async (t) => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
  const server = await countingServer(t, (socket, index) => {
    if (index === 0) socket.resume().write(answer + answer);
    else socket.on('data', () => socket.write(answer));
  });

  const { client } = await spell(t, raw, server, { exchange: http, requests: 5, connections: 1 });

  t.like(client, { opened: 2, requestsFailed: 1, requestsCompleted: 4 });
  t.deepEqual(client.errors, { UNASKED_ANSWER: 1 });
});

test.serial('connections come from the local addresses in turns', async (t) => {
  const from: (string | undefined)[] = [];
  const server = await httpServer(t, (request, response) => {
    from.push(request.socket.remoteAddress);
    response.end();
  });
  const localAddresses = ['127.0.0.2', '127.0.0.3'];

  await spell(t, raw, server, { exchange: http, localAddresses, requests: 8, connections: 4 });

  t.deepEqual([...new Set(from)].toSorted(), localAddresses);
});

test.serial('a dead port is tried at most ten times a second per connection', async (t) => {
  const port = await deadPort();

  const { client } = await spell(t, raw, { port }, { exchange: http, durationMs: 350, connections: 2 });

  t.true(client.attempted <= 2 * 5, String(client.attempted));
  t.is(client.refused, client.attempted);
});

test.serial('a part of an answer that nobody asked for is one as well', async (t) => {
  const body = 'x'.repeat(300_000);
  const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const server = await scripted(t, (socket, index) => socket.write(index === 0 ? answer + answer : answer));

  const { client } = await spell(t, raw, server, { exchange: http, requests: 5, connections: 1 });

  t.is(client.errors.UNASKED_ANSWER, 1);
  t.is(client.opened, 2);
});

for (const connections of [1, 2])
  test.serial(
    `paths are asked for in turns, also where connections are not kept (${connections})`,
    async (t) => {
      const asked: Record<string, number> = {};
      const server = await httpServer(t, ({ url = '' }, response) => {
        asked[url] = (asked[url] ?? 0) + 1;
        response.end();
      });
      const exchange = { ...http, paths: ['/a', '/b', '/c'] };

      await spell(t, raw, server, { exchange, requests: 12, connections, requestsPerConnection: 1 });

      t.is(Object.keys(asked).length, 3);
      if (connections === 1) t.deepEqual(asked, { '/a': 4, '/b': 4, '/c': 4 });
    },
  );
