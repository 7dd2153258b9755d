/**
 * The worker's half of our cluster runtime: a preload that answers where Node's `net.Server.listen` asks the cluster for a
 * listening handle (`cluster._getServer`, the same on Node 18–26). So whatever stands on `net.Server` is served
 * unmodified: a host, IPv6, `port: 0`, a path; http, https, http2, TLS; and `exclusive` does not come here at all.
 */
import type dgram = require('node:dgram');
import type net = require('node:net');
import cluster = require('node:cluster');
import path = require('node:path');
import threads = require('node:worker_threads');
import layout = require('../../probe/layout.cjs');
import HandedOverHandle = require('./handed-over-handle.cjs');
import HandOver = require('./hand-over.cjs');
import messages = require('./messages.cjs');

type Query = Omit<messages.Address, 'index'>;
type Served = (net.Server | dgram.Socket) & {
  _connections?: number;
  dropMaxConnection?: boolean;
  /** Keys of TLS session tickets, which all workers must share. */
  _getServerData?(): unknown;
  _setServerData?(data: unknown): void;
};
type Done = (errno: number, handle: unknown) => void;
interface Closing {
  close(...args: unknown[]): unknown;
}
type Answer = Extract<messages.ToWorker, { act: 'answer' }>;

type Worker = import('node:cluster').Worker;

const utilizationEveryMs = 100;

/** What the scheduler needs to hear of. */
interface Needs {
  active?: boolean;
  utilization?: boolean;
}

function work({ active = false, utilization = false }: Needs): void {
  const { worker } = cluster as unknown as { worker: Worker };
  const servers = new Map<string, { server: Served; handle: unknown }>();
  const isFull = new Set<string>();
  const asked = new Map<string, number>();
  const answers = new Map<number, (answer: Answer, handle: unknown) => void>();
  const back = new HandOver<object>(process as never, (_message, handle) => handle.close());
  let seq = 0;
  let ended = 0;

  const tell = (message: messages.ToPrimary): void => {
    // Where the primary is gone there is nobody to tell.
    if (process.connected) process.send?.({ cmd: messages.cmd, ...message }, undefined, {}, () => {});
  };

  function getServer(server: Served, query: Query, done: Done): void {
    const isPath = query.port !== undefined && query.port < 0 && typeof query.address === 'string';
    const address = isPath ? path.resolve(String(query.address)) : query.address;
    const place = `${address}:${query.port}:${query.addressType}:${query.fd}`;
    const index = asked.get(place) ?? 0;
    asked.set(place, index + 1);
    seq += 1;
    answers.set(seq, (answer, handle) => {
      server._setServerData?.(answer.data);
      if (answer.errno !== 0) done(answer.errno, null);
      else if (handle === undefined) handOver(server, answer, done);
      else share(server, answer, handle as Closing, done);
    });
    tell({ act: 'query', seq, at: { ...query, address, index }, data: server._getServerData?.() });
  }

  /** The primary listens, and hands connections over. */
  function handOver(server: Served, { key, sockname }: Answer, done: Done): void {
    const handle = new HandedOverHandle(sockname, () => closed(key));
    opened(key, server, handle);
    done(0, handle);
  }

  /** All workers listen on one socket. */
  function share(server: Served, { key, isSent }: Answer, handle: Closing, done: Done): void {
    if (isSent) Object.assign(handle, { [layout.via]: 'sent' });
    const { close } = handle;
    handle.close = (...args) => {
      closed(key);
      return Reflect.apply(close, handle, args);
    };
    opened(key, server, handle);
    done(0, handle);
  }

  function opened(key: string, server: Served, handle: unknown): void {
    servers.set(key, { server, handle });
    server.once('listening', () => {
      (worker as unknown as { state: string }).state = 'listening';
      tell({ act: 'listening', key });
    });
  }

  function closed(key: string): void {
    if (servers.delete(key)) tell({ act: 'close', key });
  }

  function connection(key: string, handle: Closing): void {
    const { server, handle: listening } = servers.get(key) ?? {};
    const full = server !== undefined && mustRefuse(server as net.Server);
    if (server === undefined || full) {
      if (full) isFull.add(key);
      back.give({ cmd: messages.cmd, act: 'refuse', key, isFull: full } satisfies object, handle as never);
      return;
    }
    if (active || (server as net.Server).maxConnections != null) watchEnd(key, server, handle);
    (listening as HandedOverHandle).onconnection(0, handle);
  }

  function mustRefuse({ maxConnections, _connections = 0, dropMaxConnection }: net.Server & Served): boolean {
    return maxConnections != null && dropMaxConnection !== true && _connections >= maxConnections;
  }

  function watchEnd(key: string, server: Served, handle: Closing): void {
    const { close } = handle;
    handle.close = (...args) => {
      handle.close = close;
      if (active && ended++ === 0) setImmediate(tellEnded);
      // The server counts down behind this.
      if (isFull.has(key)) setImmediate(() => tellRoom(key, server));
      return Reflect.apply(close, handle, args);
    };
  }

  function tellEnded(): void {
    tell({ act: 'ended', connections: ended });
    ended = 0;
  }

  function tellRoom(key: string, server: Served): void {
    if (mustRefuse(server as net.Server) || !isFull.delete(key)) return;
    tell({ act: 'room', key });
  }

  /** Let what is being served end, take nothing more, and go. */
  function leave(): void {
    worker.exitedAfterDisconnect = true;
    let left = 1;
    const one = () => {
      left -= 1;
      if (left > 0) return;
      const go = () => (back.length === 0 ? process.disconnect?.() : setImmediate(go));
      go();
    };
    for (const { server } of [...servers.values()]) {
      left += 1;
      server.close(one as never);
    }
    one();
  }

  process.on('internalMessage' as 'message', (message, handle) => {
    const told = message as { cmd?: string } & messages.ToWorker;
    if (told.cmd !== messages.cmd) return;
    if (told.act === 'connection') connection(told.key, handle as unknown as Closing);
    else if (told.act === 'disconnect') leave();
    else {
      answers.get(told.seq)?.(told, handle);
      answers.delete(told.seq);
    }
  });
  Object.assign(cluster, { _getServer: getServer });
  worker.disconnect = () => {
    leave();
    return worker;
  };
  if (utilization) {
    let last = performance.eventLoopUtilization();
    setInterval(() => {
      const now = performance.eventLoopUtilization();
      tell({ act: 'utilization', share: performance.eventLoopUtilization(now, last).utilization });
      last = now;
    }, utilizationEveryMs).unref();
  }
}

const given = process.env.CLUSTER_BENCH_CLUSTER;
if (given !== undefined && threads.isMainThread && (cluster as unknown as { isWorker: boolean }).isWorker)
  work(JSON.parse(given));
