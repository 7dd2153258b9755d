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
import HandedOverPipe = require('./handed-over-pipe.cjs');
import pipeBinding = require('./pipe-binding.cjs');
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
/** A server of this worker, by its key, and the place that it asked for. */
interface Known {
  server: Served;
  key: string;
  place: string;
}
type Answer = Extract<messages.ToWorker, { act: 'answer' }>;

type Worker = import('node:cluster').Worker;

const utilizationEveryMs = 100;

const lookEveryMs = 50;

/** What the scheduler needs to hear of. */
interface Needs {
  active?: boolean;
  utilization?: boolean;
}

function work({ active = false, utilization = false }: Needs): void {
  const { worker } = cluster as unknown as { worker: Worker };
  const servers = new Map<string, { server: Served; handle: unknown }>();
  /** Keys of servers that were full once: from then on the primary counts their places. */
  const limited = new Set<string>();
  /** Of these it is looked at whether they still are. */
  const looking = new Set<string>();
  const places = new Map<string, { next: number; open: number }>();
  const answers = new Map<number, (answer: Answer, handle: unknown) => void>();
  const back = new HandOver<object>(process as never, ({ handle }) => handle.close());
  let pipe: HandedOverPipe | undefined;
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
    const index = indexAt(place);
    seq += 1;
    answers.set(seq, (answer, handle) => {
      server._setServerData?.(answer.data);
      const known = { server, key: answer.key, place };
      if (answer.errno !== 0) {
        free(place);
        done(answer.errno, null);
      } else
        done(0, handle === undefined ? handedOver(known, answer) : shared(known, answer, handle as Closing));
    });
    tell({ act: 'query', seq, at: { ...query, address, index }, data: server._getServerData?.() });
  }

  /** As in Node: a place that nobody of this worker listens at any more is asked for as if for the first time. */
  function indexAt(place: string): number {
    const known = places.get(place) ?? { next: 0, open: 0 };
    places.set(place, known);
    known.open += 1;
    return known.next++;
  }

  function free(place: string): void {
    const known = places.get(place);
    if (known !== undefined && --known.open === 0) places.delete(place);
  }

  /** The primary listens, and hands connections over. */
  function handedOver(known: Known, { sockname, pipeFd }: Answer): HandedOverHandle {
    // That it is known is for the primary to say.
    const binding = pipeFd === undefined ? undefined : pipeBinding(process.versions.node, {});
    if (binding !== undefined) pipe ??= new HandedOverPipe(binding, Number(pipeFd), connection);
    const handle = new HandedOverHandle(sockname, () => closed(known));
    opened(known, handle);
    return handle;
  }

  /** All workers listen on one socket. */
  function shared(known: Known, { isSent }: Answer, handle: Closing): Closing {
    if (isSent) Object.assign(handle, { [layout.via]: 'sent' });
    const { close } = handle;
    handle.close = (...args) => {
      closed(known);
      return Reflect.apply(close, handle, args);
    };
    opened(known, handle);
    return handle;
  }

  function opened({ server, key }: Known, handle: unknown): void {
    servers.set(key, { server, handle });
    server.once('listening', () => {
      (worker as unknown as { state: string }).state = 'listening';
      tell({ act: 'listening', key });
    });
  }

  function closed({ key, place }: Known): void {
    if (!servers.delete(key)) return;
    free(place);
    limited.delete(key);
    tell({ act: 'close', key });
  }

  function connection(key: string, handle: Closing): void {
    const { server, handle: listening } = servers.get(key) ?? {};
    if (server === undefined || mustRefuse(server as net.Server)) {
      if (server !== undefined) {
        limited.add(key);
        tell({ act: 'full', key });
        lookLater(key, server as net.Server);
      }
      back.give({ message: { cmd: messages.cmd, act: 'refuse', key }, handle });
      return;
    }
    if (active || (server as net.Server).maxConnections != null) watchEnd(key, handle);
    (listening as HandedOverHandle).onconnection(0, handle);
  }

  function mustRefuse({ maxConnections, _connections = 0, dropMaxConnection }: net.Server & Served): boolean {
    return maxConnections != null && dropMaxConnection !== true && _connections >= maxConnections;
  }

  /**
   * An app may allow more meanwhile, and connections that were there before it allowed so few end untold: what the primary
   * counts is forgotten then.
   */
  function lookLater(key: string, server: net.Server): void {
    if (looking.has(key)) return;
    const timer = setInterval(() => {
      const isLimited = limited.has(key);
      if (isLimited && mustRefuse(server)) return;
      clearInterval(timer);
      looking.delete(key);
      if (!isLimited) return;
      limited.delete(key);
      tell({ act: 'free', key });
    }, lookEveryMs).unref();
    looking.add(key);
  }

  function watchEnd(key: string, handle: Closing): void {
    const { close } = handle;
    handle.close = (...args) => {
      handle.close = close;
      if (active && ended++ === 0) setImmediate(tellEnded);
      // A server that has closed meanwhile has no place to give.
      if (limited.has(key)) tell({ act: 'room', key });
      return Reflect.apply(close, handle, args);
    };
  }

  function tellEnded(): void {
    tell({ act: 'ended', connections: ended });
    ended = 0;
  }

  /** Let what is being served end, take nothing more, and go. */
  function leave(): void {
    worker.exitedAfterDisconnect = true;
    let left = 1;
    const one = () => {
      left -= 1;
      if (left > 0) return;
      const go = () => {
        if (!process.connected) return;
        pipe?.close();
        if (back.length === 0) process.disconnect?.();
        else setImmediate(go);
      };
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
    else {
      answers.get(told.seq)?.(told, handle);
      answers.delete(told.seq);
    }
  });
  process.once('disconnect', () => pipe?.close());
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
