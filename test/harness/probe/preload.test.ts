import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import http from 'node:http';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { monotonicMs } from '../../../harness/clock.js';
import { type ProbeEvent, readAccepts, readFlushes, readProbes } from '../../../harness/probe/reader.js';
import { connectTo, converse, startProbed } from '../../helpers/probed-app.js';
import { isAlive } from '../../helpers/processes.js';
import { until } from '../../helpers/until.js';

/** Says `bye` to whoever connects, once the client has half-closed. */
const talker = `
  const net = require('node:net');
  const talk = (socket) => socket.on('error', () => {}).on('end', () => socket.end('bye')).resume();
  const server = net.createServer({ allowHalfOpen: true }, talk);
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));`;

const ofType = <Type extends ProbeEvent['type']>(events: ProbeEvent[], type: Type) =>
  events.filter((event): event is Extract<ProbeEvent, { type: Type }> => event.type === type);

/** `times` GETs on one kept connection. */
async function get(t: ExecutionContext, port: number, times: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => agent.destroy());
  for (let index = 0; index < times; index += 1) {
    await new Promise<void>((resolve, reject) => {
      const request = http.get({ port, host: '127.0.0.1', agent }, (response) =>
        response.resume().once('end', resolve),
      );
      request.once('error', reject);
    });
  }
}

test('a net server: connections, bytes, closes and the time of each accept are counted', async (t) => {
  const beforeMs = monotonicMs();
  const app = await startProbed(t, talker);
  const port = await app.hear<number>();

  for (let index = 0; index < 5; index += 1) t.is(await converse(t, port, 'hello there'), 'bye');

  const { events, listeners } = await app.counted(5, { closed: 5 });
  const afterMs = monotonicMs();
  t.like(listeners[0], {
    connections: 5,
    closed: 5,
    requests: 0,
    dropped: 0,
    bytesRead: 55,
    bytesWritten: 15,
  });
  t.is(listeners.length, 1);
  t.like(ofType(events, 'start')[0], { pid: app.pid, parent: process.pid });
  t.like(ofType(events, 'listen'), [
    { listener: 0, protocol: 'tcp', address: '127.0.0.1', port, askedPort: 0 },
  ] as never);
  const accepts = [...readAccepts(app.folder, app.pid, 0, 0)];
  t.is(accepts.length, 5);
  // The clock is that of all processes, to within a millisecond.
  t.deepEqual(
    [beforeMs - 1, ...accepts, afterMs + 1],
    [beforeMs - 1, ...accepts, afterMs + 1].toSorted((a, b) => a - b),
  );
  t.deepEqual([...readAccepts(app.folder, app.pid, 0, 3)], accepts.slice(3));
});

test('an http server: requests are counted apart from the connections that carry them', async (t) => {
  const app = await startProbed(
    t,
    `const server = require('node:http').createServer((request, response) => response.end('hello'));
     server.listen(0, '127.0.0.1', () => process.send(server.address().port));`,
  );
  const port = await app.hear<number>();

  await Promise.all([get(t, port, 4), get(t, port, 3)]);

  await until(() => app.reading().listeners[0]?.requests === 7);
  const { events, listeners } = app.reading();
  t.like(listeners[0], { connections: 2, requests: 7 });
  t.is(ofType(events, 'listen')[0]?.protocol, 'http');
  const flushes = readFlushes(app.folder, app.pid, 0);
  t.like(flushes[0], { connections: 0, requests: 0 });
  t.like(flushes.at(-1), { connections: 2, requests: 7 });
  t.true(flushes.every(({ atMs }, index) => atMs > (flushes[index - 1]?.atMs ?? 0)));
  t.true(Math.abs((flushes[0]?.atMs ?? 0) - monotonicMs()) < 60_000);
});

test('an ES module is counted like any other', async (t) => {
  const app = await startProbed(
    t,
    `import { createServer } from 'node:net';
     await Promise.resolve();
     const server = createServer((socket) => socket.end());
     server.listen(0, '127.0.0.1', () => process.send(server.address().port));`,
    { module: true },
  );

  await converse(t, await app.hear<number>());

  t.is((await app.counted(1)).listeners[0]?.connections, 1);
});

test('requests on bare TCP are counted where the app announces them', async (t) => {
  const app = await startProbed(
    t,
    `const requests = require('node:diagnostics_channel').channel('cluster-bench:request');
     const server = require('node:net').createServer((socket) => {
       socket.on('data', () => requests.publish({ socket }));
     });
     server.listen(0, '127.0.0.1', () => process.send(server.address().port));`,
  );
  const port = await app.hear<number>();

  await converse(t, port, 'one');
  await converse(t, port, 'two');

  t.like((await app.counted(2, { closed: 2 })).listeners[0], { connections: 2, requests: 2 });
});

for (const [when, handOver] of [
  ['at once', `web.emit('connection', socket);`],
  [
    'after the first bytes',
    `socket.once('data', (chunk) => {
       socket.pause().unshift(chunk);
       web.emit('connection', socket);
       socket.resume();
     });`,
  ],
] as const) {
  test(`a socket that a net server hands to an http server ${when} is counted where it was accepted`, async (t) => {
    const app = await startProbed(
      t,
      `const web = require('node:http').createServer((request, response) => response.end('hello'));
       const server = require('node:net').createServer({ allowHalfOpen: true }, (socket) => { ${handOver} });
       server.listen(0, '127.0.0.1', () => process.send(server.address().port));`,
    );
    const port = await app.hear<number>();
    const question = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

    const answers = [await converse(t, port, question), await converse(t, port, question)];

    t.true(answers.every((answer) => answer.startsWith('HTTP/1.1 200 OK\r\n')));
    t.like((await app.counted(2, { closed: 2 })).listeners[0], {
      connections: 2,
      requests: 2,
      closed: 2,
      bytesRead: 2 * question.length,
    });
  });
}

test('a server that closes and listens again stays one server, and says what it asked for each time', async (t) => {
  const app = await startProbed(
    t,
    `const server = require('node:net').createServer((socket) => socket.end('hello'));
     const listen = (port) => server.listen(port, '127.0.0.1', () => process.send(server.address().port));
     process.on('message', (port) => server.close(() => listen(port)));
     listen(0);`,
  );
  const first = await app.hear<number>();
  await converse(t, first);
  const second = await app.hear<number>(first);
  await converse(t, second);

  const { events, listeners } = await app.counted(2);
  t.is(second, first);
  t.is(listeners.length, 1);
  t.is(listeners[0]?.connections, 2);
  t.deepEqual(
    events.filter(({ type }) => type !== 'start').map(({ type }) => type),
    ['listen', 'close', 'listen'],
  );
  t.deepEqual(
    ofType(events, 'listen').map(({ listener, port, askedPort }) => [listener, port, askedPort]),
    [
      [0, first, 0],
      [0, first, first],
    ],
  );
});

test('a server that gives up a taken port for another asked for the one that it got', async (t) => {
  const app = await startProbed(
    t,
    `const net = require('node:net');
     const taken = net.createServer().listen(0, '127.0.0.1', () => {
       const server = net.createServer();
       server.once('error', () => server.listen(0, '127.0.0.1', () => process.send(taken.address().port)));
       server.listen(taken.address().port, '127.0.0.1');
     });`,
  );
  const taken = await app.hear<number>();

  const [, second] = ofType(app.reading().events, 'listen');
  t.is(second?.askedPort, 0);
  t.not(second?.port, taken);
});

test('two servers in one process are counted apart', async (t) => {
  const app = await startProbed(
    t,
    `const { createServer } = require('node:net');
     const servers = [createServer((socket) => socket.end()), createServer((socket) => socket.end())];
     servers[0].listen(0, '127.0.0.1', () => servers[1].listen(0, '127.0.0.1', () => {
       process.send(servers.map((server) => server.address().port));
     }));`,
  );
  const [first = 0, second = 0] = await app.hear<number[]>();

  for (const port of [first, second, second, second]) await converse(t, port);

  const { listeners, events } = await app.counted(3, { listener: 1 });
  t.deepEqual(
    listeners.map(({ connections }) => connections),
    [1, 3],
  );
  t.deepEqual(
    ofType(events, 'listen').map(({ listener, port }) => [listener, port]),
    [
      [0, first],
      [1, second],
    ],
  );
});

test('a UNIX socket has a path and no port', async (t) => {
  const app = await startProbed(
    t,
    `const path = require('node:path').join(__dirname, 's');
     const server = require('node:net').createServer();
     server.listen(path, () => process.send(path));`,
  );
  const path = await app.hear<string>();

  const [event] = ofType(app.reading().events, 'listen');
  t.is(event?.path, path);
  t.is(event?.port, undefined);
  t.is(event?.askedPort, undefined);
});

test('what a server speaks is told as far as its class says it', async (t) => {
  const app = await startProbed(
    t,
    `const servers = ['http', 'https', 'tls', 'net'].map((name) => require(name).createServer());
     let left = servers.length;
     for (const server of servers)
       server.listen(0, '127.0.0.1', () => --left === 0 && process.send('all'));`,
  );
  await app.hear();

  t.deepEqual(
    ofType(app.reading().events, 'listen').map(({ protocol }) => protocol),
    ['http', 'https', 'tls', 'tcp'],
  );
});

test('connections beyond maxConnections are dropped, not counted', async (t) => {
  const app = await startProbed(
    t,
    `const server = require('node:net').createServer(() => {});
     server.maxConnections = 1;
     server.listen(0, '127.0.0.1', () => process.send(server.address().port));`,
  );
  const port = await app.hear<number>();

  await connectTo(t, port);
  await app.counted(1);
  await Promise.all([converse(t, port), converse(t, port)]);

  await until(() => app.reading().listeners[0]?.dropped === 2);
  t.is(app.reading().listeners[0]?.connections, 1);
});

test('a thread of the app has no probe, so nothing is counted twice', async (t) => {
  const app = await startProbed(
    t,
    `const { Worker } = require('node:worker_threads');
     const net = require('node:net');
     const thread = new Worker(
       \`const server = require('node:net').createServer((socket) => socket.end());
        server.listen(0, '127.0.0.1', () => require('node:worker_threads').parentPort.postMessage(server.address().port));\`,
       { eval: true },
     );
     thread.once('message', (other) => {
       const server = net.createServer((socket) => socket.end());
       server.listen(0, '127.0.0.1', () => process.send([server.address().port, other]));
     });`,
  );
  const [main = 0, inThread = 0] = await app.hear<number[]>();

  await converse(t, inThread);
  await converse(t, main);

  const { listeners, events } = await app.counted(1);
  t.deepEqual(
    listeners.map(({ connections }) => connections),
    [1],
  );
  t.is(ofType(events, 'start').length, 1);
  t.is(ofType(events, 'listen').length, 1);
  t.deepEqual(
    readProbes(app.folder).map(({ pid }) => pid),
    [app.pid],
  );
});

const endings: [title: string, code: string, exitCode: number][] = [
  ['process.exit', 'process.exit(3)', 3],
  ['an uncaught exception', "throw new Error('why')", 1],
  ['an unhandled rejection', "Promise.reject(new Error('why'))", 1],
];

for (const [title, code, exitCode] of endings) {
  test(`${title} writes the last counts`, async (t) => {
    const app = await startProbed(
      t,
      `let count = 0;
       const server = require('node:net').createServer((socket) => {
         socket.on('error', () => {}).end();
         if (++count < 3) return;
         // After 'connection' has been heard by everyone, and long before the next flush.
         setImmediate(() => { ${code} });
       });
       server.listen(0, '127.0.0.1', () => process.send(server.address().port));`,
    );
    const port = await app.hear<number>();

    for (let index = 0; index < 3; index += 1) await converse(t, port);

    t.is((await app.exited).code, exitCode);
    const { listeners, events } = app.reading();
    t.is(listeners[0]?.connections, 3);
    t.is(readAccepts(app.folder, app.pid, 0, 0).length, 3);
    t.is(ofType(events, 'exit')[0]?.code, exitCode);
  });
}

test('SIGKILL leaves what had been written', async (t) => {
  const app = await startProbed(t, talker);
  const port = await app.hear<number>();
  for (let index = 0; index < 4; index += 1) await converse(t, port);
  await app.counted(4);

  app.child.kill('SIGKILL');
  await app.exited;

  const { listeners, events, row } = app.reading();
  t.is(listeners[0]?.connections, 4);
  t.deepEqual(ofType(events, 'exit'), []);
  t.is(row.sequence, row.sequenceEnd);
});

test('CPU, event loop and memory are of the process', async (t) => {
  const app = await startProbed(t, talker);
  await app.hear();
  await until(() => app.reading().row.sequence > 3);

  const { row } = app.reading();
  t.true(row.cpuMicroseconds > 0);
  t.true(row.activeMs > 0 && row.idleMs > 0);
  // A Node takes more than 10 MB, and less than a kibibyte-for-byte mistake would make of it.
  t.true(row.maxRssBytes > 1e7 && row.maxRssBytes < 1e10, String(row.maxRssBytes));
});

test('a folder that goes while the app runs does not hurt it', async (t) => {
  const app = await startProbed(t, `${talker} process.on('message', () => process.exit(0));`);
  const port = await app.hear<number>();

  await rm(app.folder, { recursive: true });
  t.is(await converse(t, port), 'bye');
  await setTimeout(60); // Two flushes.
  t.is(await converse(t, port), 'bye');
  app.child.send('leave');

  t.deepEqual(await app.exited, { code: 0, signal: null });
  t.is(app.stderr(), '');
  t.false(existsSync(app.folder));
});

test('a folder that goes before the app listens does not hurt it', async (t) => {
  const app = await startProbed(
    t,
    `process.once('message', () => { ${talker} process.on('message', () => process.exit(0)); }); process.send('up');`,
  );
  await app.hear();

  await rm(app.folder, { recursive: true });
  const port = await app.hear<number>('listen');
  t.is(await converse(t, port), 'bye');
  app.child.send('leave');

  t.deepEqual(await app.exited, { code: 0, signal: null });
  t.is(app.stderr(), '');
  t.false(existsSync(app.folder));
});

test('a folder that never was does not hurt the app', async (t) => {
  const app = await startProbed(t, `${talker} process.on('message', () => process.exit(0));`, {
    folder: '/nonexistent/cluster-bench',
  });
  t.is(await converse(t, await app.hear<number>()), 'bye');
  app.child.send('leave');

  t.deepEqual(await app.exited, { code: 0, signal: null });
  t.is(app.stderr(), '');
});

test('fake timers and a mocked fs of the app do not stop the probe', async (t) => {
  const app = await startProbed(
    t,
    `const fs = require('node:fs');
     const fail = () => { throw new Error('mocked'); };
     for (const name of ['writeSync', 'openSync', 'closeSync', 'writeFileSync', 'appendFileSync', 'mkdirSync']) fs[name] = fail;
     globalThis.setInterval = globalThis.setTimeout = globalThis.setImmediate = () => ({ unref() {} });
     globalThis.performance = { now: () => 0, eventLoopUtilization: fail };
     Date.now = () => 0;
     ${talker}`,
  );
  const port = await app.hear<number>();

  for (let index = 0; index < 3; index += 1) t.is(await converse(t, port), 'bye');

  const { listeners, events } = await app.counted(3, { closed: 3 });
  t.is(listeners[0]?.connections, 3);
  t.deepEqual(
    ofType(events, 'listen').map((event) => event.port),
    [port],
  );
});

test('the probe keeps no app alive', async (t) => {
  const app = await startProbed(t, `process.disconnect(); setTimeout(() => {}, 50);`);

  t.deepEqual(await app.exited, { code: 0, signal: null });
  t.is(ofType(app.reading().events, 'exit')[0]?.code, 0);
});

test('listen is to the app what it was', async (t) => {
  const app = await startProbed(
    t,
    `const net = require('node:net');
     const { listen } = net.Server.prototype;
     const descriptor = Object.getOwnPropertyDescriptor(net.Server.prototype, 'listen');
     const server = net.createServer();
     let thrown;
     try { server.listen(65536); } catch (error) { thrown = error.code; }
     let callbackThis;
     const returned = server.listen({ port: 0, host: '127.0.0.1' }, function () { callbackThis = this === server; });
     server.once('listening', () => process.send({
       name: listen.name, length: listen.length, thrown, callbackThis,
       enumerable: descriptor.enumerable, writable: descriptor.writable, configurable: descriptor.configurable,
       returned: returned === server, keys: Object.keys(server).filter((key) => /bench|listener/.test(key)),
     }));`,
  );

  t.deepEqual(await app.hear(), {
    name: 'listen',
    length: 0,
    thrown: 'ERR_SOCKET_BAD_PORT',
    callbackThis: true,
    enumerable: true,
    writable: true,
    configurable: true,
    returned: true,
    keys: [],
  });
});

test('a cluster: the primary tells its forks and their ends, the workers who they are', async (t) => {
  const app = await startProbed(
    t,
    `const cluster = require('node:cluster');
     if (cluster.isPrimary) {
       cluster.fork();
       cluster.on('listening', (worker, { port }) => process.send([port, worker.process.pid]));
       process.on('message', () => cluster.workers[1].process.kill('SIGKILL'));
       cluster.on('exit', () => process.send('gone'));
     } else require('node:net').createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');`,
  );
  const [port = 0, worker = 0] = await app.hear<number[]>();
  await converse(t, port);
  const inWorker = () => readProbes(app.folder).find(({ pid }) => pid === worker);
  await until(() => inWorker()?.listeners[0]?.connections === 1);
  await app.hear('kill');

  const { events, listeners } = app.reading();
  // The primary listens for its workers, and takes nothing itself.
  t.deepEqual(
    listeners.map(({ connections }) => connections),
    [0],
  );
  t.deepEqual(
    events.filter(({ type }) => type !== 'start' && type !== 'listen').map(({ atMs, ...event }) => event),
    [
      { type: 'fork', workerId: 1, worker },
      { type: 'worker-listening', workerId: 1, worker },
      { type: 'worker-disconnect', workerId: 1, worker },
      { type: 'worker-exit', workerId: 1, worker, code: null, signal: 'SIGKILL' },
    ] as never,
  );
  t.like(ofType(inWorker()?.events ?? [], 'start')[0], { pid: worker, parent: app.pid, workerId: 1 });
  t.false(isAlive(worker));
});

test('datagrams are counted where a UDP socket is bound, not where one only sends', async (t) => {
  const app = await startProbed(
    t,
    `const { createSocket } = require('node:dgram');
     const server = createSocket('udp4');
     server.bind(0, '127.0.0.1', () => {
       const client = createSocket('udp4');
       let left = 3;
       server.on('message', () => --left === 0 && process.send(server.address().port));
       for (const text of ['a', 'bc', 'def']) client.send(text, server.address().port, '127.0.0.1');
     });`,
  );
  const port = await app.hear<number>();

  const { events, listeners } = await app.counted(3, { closed: 3 });

  t.deepEqual(
    ofType(events, 'listen').map(({ protocol, port, askedPort }) => ({ protocol, port, askedPort })),
    [{ protocol: 'udp', port, askedPort: 0 }],
  );
  t.like(listeners[0], { connections: 3, requests: 3, closed: 3, bytesRead: 6 });
});
