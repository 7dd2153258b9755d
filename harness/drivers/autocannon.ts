import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import autocannonPackage, { type Client } from 'autocannon';
import { connectionClose, type Driver, type Job } from './driver.js';
import { backOffMs } from './lanes.js';
import type { Recorder } from './recorder.js';

/** What we rely on in autocannon 9's client beyond its types. */
type AutocannonClient = Client & {
  reqsMade: number;
  responseMax: number | undefined;
  _connect(): void;
  destroy(): void;
};

/** autocannon looks for its own end this often, ms. */
const sampleMs = 100;

/**
 * HTTP/1.1 with keep-alive through autocannon. It is told to stop by the number of requests that each client has made,
 * which lets answers in flight come in; its own histogram, of whole ms, is not used.
 */
export const autocannon = {
  name: 'autocannon',
  exchanges: ['http'],
  async drive(job, recorder) {
    const clients: AutocannonClient[] = [];
    const watch = watchSockets(job, recorder);
    const { host, port } = job.target;
    const path = job.exchange.kind === 'http' ? job.exchange.path : '/';
    const instance = autocannonPackage({
      url: `http://${host.includes(':') ? `[${host}]` : host}:${port}${path}`,
      connections: job.connections,
      timeout: job.timeoutMs / 1000,
      sampleInt: sampleMs,
      ...(job.requests === null ? { duration: neverSeconds } : { amount: job.requests }),
      setupClient: (client) => clients.push(watchClient(client as AutocannonClient, recorder)),
    });
    const timers = job.requests === null ? endAtDeadline(job, recorder, clients, () => stop(instance)) : [];
    await instance;
    timers.forEach(clearTimeout);
    const sent = clients.reduce((sum, { reqsMade }) => sum + reqsMade, 0);
    const { counts } = recorder;
    counts.requestsSent = sent;
    // What was sent and never answered is a failure too; autocannon does not say which.
    counts.requestsFailed = sent - counts.requestsCompleted;
    await watch.allClosed();
  },
} satisfies Driver;

/** Longer than any trial; the deadline is ours. */
const neverSeconds = 1e6;

function watchClient(client: AutocannonClient, recorder: Recorder): AutocannonClient {
  client.on('response', (status, _bytes, ms) => {
    recorder.status(status);
    if (status >= 200 && status < 400) recorder.completed(ms);
    else recorder.failed(`HTTP_${status}`);
  });
  // Its types say that the listener gets the headers; it gets the parser's whole head.
  client.on('headers', (head: unknown) => {
    if (!(head as { shouldKeepAlive: boolean }).shouldKeepAlive) recorder.error(connectionClose);
  });
  (client as EventEmitter).on('timeout', () => recorder.error('ETIMEDOUT'));
  // autocannon reconnects at once, 14,000 times a second to a dead port, and even when there is nothing left to ask.
  const connect = client._connect.bind(client);
  const reconnect = () => {
    if (client.reqsMade >= (client.responseMax ?? Number.POSITIVE_INFINITY)) client.destroy();
    else connect();
  };
  let attempts = 0;
  client._connect = () => {
    attempts += 1;
    if (attempts === 1) connect();
    else setTimeout(reconnect, backOffMs);
  };
  return client;
}

/**
 * autocannon does not count connections: its sockets are seen through the process's channel of new client sockets.
 */
function watchSockets(job: Job, recorder: Recorder) {
  const open = new Set<Socket>();
  let noneLeft = () => {};
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    const startedAtMs = recorder.now();
    open.add(socket);
    recorder.counts.attempted += 1;
    socket.once('connect', () => recorder.opened(recorder.now() - startedAtMs));
    socket.once('error', (error: NodeJS.ErrnoException) => recorder.error(error.code ?? 'ERROR'));
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) noneLeft();
    });
  };
  subscribe('net.client.socket', onSocket);
  return {
    async allClosed() {
      unsubscribe('net.client.socket', onSocket);
      if (open.size === 0) return;
      await new Promise<void>((resolve) => {
        noneLeft = resolve;
        setTimeout(resolve, job.timeoutMs).unref();
      });
    },
  };
}

/** At the deadline no client may make another request; those whose answer never comes are cut off after the timeout. */
function endAtDeadline(job: Job, recorder: Recorder, clients: AutocannonClient[], cutOff: () => void) {
  const leftMs = recorder.deadlineMs - recorder.now();
  return [
    setTimeout(() => {
      for (const client of clients) client.responseMax = client.reqsMade;
    }, leftMs),
    setTimeout(cutOff, leftMs + job.timeoutMs),
  ];
}

function stop(instance: unknown): void {
  (instance as { stop(): void }).stop();
}
