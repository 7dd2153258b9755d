import test, { type ExecutionContext } from 'ava';
import { monotonicMs } from '../../harness/clock.js';
import { isAt } from '../../harness/driven.js';
import type { ListenEvent } from '../../harness/probe/reader.js';
import { type QuietRequest, quietPoint } from '../../harness/quiet-point.js';
import { connectTo, converse, type ProbedApp, startProbed } from '../helpers/probed-app.js';

/** Greets; keeps a connection for as long as its client does, and blocks its event loop when it is told to. */
const source = `
  const server = require('node:net').createServer((socket) => socket.on('error', () => {}).write('hello'));
  process.on('message', () => {
    process.send('blocked', () => { for (;;); });
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));`;

async function start(t: ExecutionContext): Promise<{ app: ProbedApp; port: number; request: QuietRequest }> {
  const app = await startProbed(t, source);
  const port = await app.hear<number>();
  const driven = { address: '127.0.0.1', port };
  const { signal } = new AbortController();
  const request = {
    folder: app.folder,
    root: app.pid,
    isDriven: (event: ListenEvent) => isAt(event, driven),
    sinceMs: 0,
    opened: 0,
    patienceMs: 60_000,
    signal,
  };
  return { app, port, request };
}

test('it is quiet when every connection has been seen and closed', async (t) => {
  const { port, request } = await start(t);
  for (let index = 0; index < 3; index += 1) await converse(t, port);

  const { workers, stillOpen, silent } = await quietPoint({ ...request, opened: 3, sinceMs: monotonicMs() });

  t.deepEqual([stillOpen, silent], [0, []]);
  t.like(workers[0]?.listeners[0]?.row, { connections: 3, closed: 3 });
});

test('a connection that stays open is told when there is no more patience', async (t) => {
  const { app, port, request } = await start(t);
  await connectTo(t, port);
  await app.counted(1);

  const { stillOpen, silent } = await quietPoint({ ...request, opened: 1, patienceMs: 1 });

  t.deepEqual([stillOpen, silent], [1, []]);
});

test('a worker that is blocked is told when there is no more patience', async (t) => {
  const { app, request } = await start(t);
  await app.hear('block');

  const { stillOpen, silent } = await quietPoint({ ...request, sinceMs: monotonicMs(), patienceMs: 50 });

  t.is(stillOpen, 0);
  t.like(silent, [{ slot: 0, pid: app.pid }] as never);
  t.true((silent[0]?.seconds ?? 0) > 0);
});

test('connections that a worker took with it are not waited for', async (t) => {
  const { app, request } = await start(t);
  app.child.kill('SIGKILL');
  await app.exited;

  // Waiting for them would take all the patience there is.
  const signal = AbortSignal.timeout(10_000);
  const { silent } = await quietPoint({ ...request, opened: 7, signal });

  t.deepEqual(silent, []);
});

test('only the server at the driven address is looked at', async (t) => {
  const { app, port, request } = await start(t);
  await connectTo(t, port);
  await app.counted(1);

  const { workers } = await quietPoint({
    ...request,
    isDriven: (event) => isAt(event, { address: '::1', port }),
  });

  t.deepEqual(workers[0]?.listeners, []);
});

test('an abort ends the wait at once', async (t) => {
  const { request } = await start(t);
  const controller = new AbortController();
  const reason = new Error('enough');
  const waiting = quietPoint({ ...request, opened: 1, signal: controller.signal });

  controller.abort(reason);

  t.is(await t.throwsAsync(waiting), reason);
});
