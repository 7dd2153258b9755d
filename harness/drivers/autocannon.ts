import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import autocannonPackage, { type Client } from 'autocannon';
import { backOffMs, connectionClose, type Driver, type Job } from './driver.js';
import type { Recorder } from './recorder.js';

/** What we rely on in autocannon 9's client beyond its types. */
type AutocannonClient = Client & {
  reqsMade: number;
  /** ms. Its option is refused below one second. */
  timeout: number;
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
    const path = job.exchange.kind === 'http' ? job.exchange.paths[0] : '/';
    const instance = autocannonPackage({
      url: `http://${job.authority}${path}`,
      connections: Math.min(job.connections, job.requests ?? Number.POSITIVE_INFINITY),
      sampleInt: sampleMs,
      ...(job.requests === null ? { duration: neverSeconds } : { amount: job.requests }),
      setupClient: (client) => clients.push(watchClient(client as AutocannonClient, job, recorder)),
    });
    const leaveItsEnd = endInTime(job, recorder, clients, () => stop(instance));
    recorder.onBegun();
    await instance;
    leaveItsEnd();
    await watch.allClosed();
    const { counts } = recorder;
    const made = clients.reduce((sum, { reqsMade }) => sum + reqsMade, 0);
    // Each attempt to connect comes with a request made, which is not sent when it fails.
    counts.requestsSent = made - (counts.attempted - counts.opened);
    // What was sent and never answered is a failure too; autocannon does not say which.
    counts.requestsFailed = counts.requestsSent - counts.requestsCompleted;
    recorder.unexplained('NO_ANSWER');
  },
} satisfies Driver;

/** Longer than any trial; the deadline is ours. */
const neverSeconds = 1e6;

function watchClient(client: AutocannonClient, job: Job, recorder: Recorder): AutocannonClient {
  client.timeout = job.timeoutMs;
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
    // Without a count autocannon sets 0.
    if (client.responseMax && client.reqsMade >= client.responseMax) client.destroy();
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
    let isOpened = false;
    const opened = () => {
      isOpened = true;
      recorder.opened(recorder.now() - startedAtMs);
    };
    socket.once('connect', opened);
    socket.once('error', ({ code = 'ERROR' }: NodeJS.ErrnoException) => {
      // The server has accepted it and reset it before this process had a look.
      if (!isOpened && code === 'ECONNRESET') opened();
      recorder.error(code);
    });
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

/**
 * At the deadline no client may make another request, nor when a count is asked of a server that has not answered for
 * the timeout; those whose answer never comes are cut off after the timeout. The returned function calls all that off.
 */
function endInTime(
  job: Job,
  recorder: Recorder,
  clients: readonly AutocannonClient[],
  cutOff: () => void,
): () => void {
  let timer: NodeJS.Timeout;
  const watch = () => {
    const endsAtMs = job.requests === null ? recorder.deadlineMs : recorder.lastAnswerMs + job.timeoutMs;
    const leftMs = endsAtMs - recorder.now();
    if (leftMs > 0) {
      timer = setTimeout(watch, leftMs);
      return;
    }
    for (const client of clients) client.responseMax = client.reqsMade;
    timer = setTimeout(cutOff, job.timeoutMs);
  };
  watch();
  return () => clearTimeout(timer);
}

function stop(instance: unknown): void {
  (instance as { stop(): void }).stop();
}
