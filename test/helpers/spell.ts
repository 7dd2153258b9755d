/** One spell of load in this process, as the client process drives it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { ExecutionContext } from 'ava';
import { monotonicMs } from '../../harness/clock.js';
import type { Driver, Job } from '../../harness/drivers/driver.js';
import { Recorder, type Spell } from '../../harness/drivers/recorder.js';
import type { CountingServer } from './tcp-server.js';
import { until } from './until.js';

type Wanted = Pick<Job, 'exchange'> & Partial<Job>;

/** The limit is a count unless `durationMs` says otherwise. */
export function jobFor(port: number, wanted: Wanted): Job {
  return {
    driver: '',
    target: { host: '127.0.0.1', port },
    tls: null,
    authority: `127.0.0.1:${port}`,
    pattern: 'steady',
    requestsPerConnection: null,
    pipelining: 1,
    localAddresses: [],
    rate: null,
    arrivals: 'constant',
    thread: { index: 0, of: 1 },
    firstPlace: 0,
    connections: 2,
    durationMs: null,
    requests: wanted.durationMs === undefined ? 10 : null,
    timeoutMs: 2000,
    seed: 1,
    ...wanted,
  };
}

/**
 * Drive it, and check what holds of every spell, however the server behaves: the client opened what the server
 * accepted, everything that was sent has ended one way or the other, and no socket is left on either side.
 */
export async function spell(
  t: ExecutionContext,
  driver: Driver,
  { port, ...server }: Pick<CountingServer, 'port'> & Partial<CountingServer>,
  wanted: Wanted,
): Promise<Spell> {
  const left = watchSockets();
  t.teardown(left.stop);
  const openBefore = openHandles();
  const job = jobFor(port, wanted);
  const recorder = new Recorder(monotonicMs, job.durationMs);
  await driver.drive(job, recorder);
  t.is(left.open(), 0, 'sockets that the client left');
  if (server.open !== undefined) t.true(openHandles() - server.open() <= openBefore, 'handles that it left');
  const done = recorder.finish({ cpuSeconds: 0, eventLoopUtilization: 0, saturated: false });
  const { client, latency, response } = done;
  if (server.accepted !== undefined) {
    await until(() => server.open?.() === 0, 5);
    t.is(client.opened, server.accepted(), 'opened = accepted');
  }
  await until(() => openHandles() <= openBefore, 5);
  t.true(client.attempted >= client.opened);
  t.is(client.requestsSent, client.requestsCompleted + client.requestsFailed, 'sent = completed + failed');
  t.true(client.completedByDeadline <= client.requestsCompleted);
  t.is(latency.connect.count, client.opened);
  t.is(latency.response.count, client.requestsCompleted);
  t.is(response.length > 0, client.requestsCompleted > 0);
  t.true(done.endedAtMs >= done.startedAtMs);
  return done;
}

/** Of `net.Socket`, those of this process that were connected, or tried. */
function watchSockets() {
  const open = new Set<Socket>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  subscribe('net.client.socket', onSocket);
  return { open: () => open.size, stop: () => void unsubscribe('net.client.socket', onSocket) };
}

/** Sockets of this process whose handles are open, on whichever side. */
function openHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(TCPSocket|Pipe)Wrap$/.test(name)).length;
}
