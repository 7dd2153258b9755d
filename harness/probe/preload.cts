/**
 * The probe: a preload that counts, inside each server process, who got which connection, and changes nothing else.
 * It must work on Node 18–26, must never throw into the app, and must cost next to nothing per connection, so it
 * writes on a timer and at exit, never per event.
 */
import type dgram = require('node:dgram');
import channels = require('node:diagnostics_channel');
import fs = require('node:fs');
import net = require('node:net');
import path = require('node:path');
import threads = require('node:worker_threads');
import counters = require('./counters.cjs');
import datagrams = require('./datagrams.cjs');
import handOvers = require('./hand-overs.cjs');
import layout = require('./layout.cjs');
import listenArguments = require('./listen-arguments.cjs');
import series = require('./series.cjs');

const flushEveryMs = 50;
const listenersLimit = 32;

// Taken now, so that an app which replaces the globals (fake timers, a mocked fs) does not stop the probe.
const { performance, setInterval, process } = globalThis;
const { openSync, writeSync } = fs;
const now = performance.now.bind(performance);

type Listener = ReturnType<typeof counters.openListener>;

const key = Symbol('cluster-bench.listener');
type Keyed = { [key]?: Listener };
type ServerSocket = net.Socket & { server?: Keyed; _server?: Keyed };

function probe(folder: string): void {
  const cluster: typeof import('node:cluster').default = require('node:cluster');
  const base = path.join(folder, String(process.pid));
  const clockOffset = monotonicOffset();
  const listeners: Listener[] = [];
  const processRow = new Float64Array(layout.processFields.length);
  // The events first: a reader that finds the process's row may look for them.
  const eventsFile = openSync(`${base}.events`, 'a');
  const processFile = openSync(`${base}.process`, 'w');
  let sequence = 0;
  let handed: ReturnType<typeof handOvers.open> | undefined;

  const event = (type: string, data: object = {}): void => {
    try {
      writeSync(eventsFile, `${JSON.stringify({ type, atMs: now() + clockOffset, ...data })}\n`);
    } catch {} // The folder is gone: the trial is over and nobody reads any more.
  };

  const flush = (): void => {
    try {
      sequence += 1;
      for (const listener of listeners) counters.flushListener(listener, now() + clockOffset);
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
      const { active, idle } = performance.eventLoopUtilization();
      if (handed !== undefined) series.flush(handed.took);
      const cpu = userCPUTime + systemCPUTime;
      const { handed: answered = 0, refusals = 0 } = handed ?? {};
      const row = [sequence, now() + clockOffset, cpu, active, idle, maxRSS * 1024, answered, refusals];
      processRow.set([...row, sequence]);
      writeSync(processFile, processRow, 0, processRow.byteLength, 0);
    } catch {} // As above.
  };

  const onClose = function onClose(this: ServerSocket): void {
    const listener = acceptedBy(this);
    if (listener !== undefined) counters.countClose(listener, this.bytesRead, this.bytesWritten);
  };

  const countAccept = (message: unknown): void => {
    const { socket } = message as { socket: ServerSocket };
    const listener = acceptedBy(socket);
    if (listener === undefined) return;
    counters.countAccept(listener, now() + clockOffset);
    socket.on('close', onClose);
  };
  channels.subscribe('net.server.socket', countAccept);

  const countRequest = (message: unknown): void => {
    const { socket, server } = message as { socket: ServerSocket; server?: Keyed };
    const listener = acceptedBy(socket) ?? server?.[key];
    if (listener !== undefined) counters.countRequest(listener);
  };
  channels.subscribe('http.server.request.start', countRequest);
  channels.subscribe(layout.requestChannel, countRequest);

  channels.subscribe(layout.eventChannel, (message) => {
    const { type, ...data } = message as { type: string };
    event(type, data);
  });

  channels.subscribe('udp.socket', (message) => {
    const { socket } = message as { socket: dgram.Socket };
    datagrams.whenBound(socket, (askedPort) => {
      try {
        onBound(socket, askedPort);
      } catch {} // The app must not notice.
    });
  });

  function onBound(socket: dgram.Socket, askedPort: number): void {
    if (listeners.length === listenersLimit) return;
    const number = listeners.length;
    const listener = counters.openListener(`${base}-${number}`);
    listeners.push(listener);
    counters.flushListener(listener, now() + clockOffset);
    socket.on('message', ({ length }) => counters.countDatagram(listener, now() + clockOffset, length));
    socket.on('close', () => event('close', { listener: number }));
    const { address, port } = socket.address();
    event('listen', { listener: number, protocol: 'udp', address, port, askedPort });
  }

  /** What each server asked for when it last listened: it may have given up one port for another. */
  const asked = new WeakMap<net.Server, ReturnType<typeof listenArguments.tcpRequest>>();
  const listen = net.Server.prototype.listen as (...args: unknown[]) => net.Server;
  const patched = function patchedListen(this: net.Server, ...args: unknown[]): net.Server {
    if (!asked.has(this)) {
      this.on('listening', () => {
        try {
          onListening(this);
        } catch {} // As above; the app must not notice.
      });
      this.on('close', () =>
        event('close', { listener: listeners.indexOf((this as Keyed)[key] as Listener) }),
      );
    }
    asked.set(this, listenArguments.tcpRequest(args));
    return Reflect.apply(listen, this, args);
  };
  Object.defineProperty(patched, 'name', { value: 'listen' });
  net.Server.prototype.listen = patched as typeof net.Server.prototype.listen;

  function onListening(server: net.Server): void {
    let listener = (server as Keyed)[key];
    if (listener === undefined) {
      if (listeners.length === listenersLimit) return;
      const opened = counters.openListener(`${base}-${listeners.length}`);
      listener = opened;
      Object.defineProperty(server, key, { value: opened });
      listeners.push(opened);
      counters.flushListener(opened, now() + clockOffset);
      server.on('drop', () => {
        opened.dropped += 1;
      });
    }
    const at = server.address();
    event('listen', {
      listener: listeners.indexOf(listener),
      protocol: protocolOf(server),
      ...(typeof at === 'object' && at !== null
        ? { address: at.address, port: at.port }
        : { path: absolute(at) }),
      askedPort: asked.get(server)?.port,
      via: (server as unknown as { _handle?: Record<symbol, unknown> })._handle?.[layout.via],
    });
  }

  if (cluster.isPrimary) {
    cluster.on('fork', (worker) => {
      event('fork', { workerId: worker.id, worker: worker.process.pid });
      try {
        handed ??= handOvers.open(base);
        handOvers.watch(worker.process, handed, now);
      } catch {} // The app must not notice.
    });
    cluster.on('listening', (worker) =>
      event('worker-listening', { workerId: worker.id, worker: worker.process.pid }),
    );
    cluster.on('disconnect', (worker) =>
      event('worker-disconnect', { workerId: worker.id, worker: worker.process.pid }),
    );
    cluster.on('exit', (worker, code, signal) =>
      event('worker-exit', { workerId: worker.id, worker: worker.process.pid, code, signal }),
    );
  }
  event('start', {
    pid: process.pid,
    parent: process.ppid,
    workerId: cluster.isWorker ? cluster.worker?.id : undefined,
  });
  flush();
  setInterval(flush, flushEveryMs).unref();
  process.on('exit', (code) => {
    flush();
    event('exit', { code });
  });
}

/** A path is the server's to resolve. One that begins with a NUL is a name outside the file system (Linux: unix(7)). */
function absolute(at: string | null): string | null {
  return at === null || at.startsWith('\0') ? at : path.resolve(at);
}

let lastServer: Keyed | undefined;
let lastListener: Listener | undefined;

/**
 * `http` takes a socket that was handed to it for its own: `server` is then not the one that accepted (seen on 18–26).
 * Most processes have one server, so the last answer is kept.
 */
function acceptedBy(socket: ServerSocket): Listener | undefined {
  const accepting = socket._server ?? socket.server;
  if (accepting === lastServer) return lastListener;
  const listener = accepting?.[key];
  if (listener !== undefined) [lastServer, lastListener] = [accepting, listener];
  return listener;
}

/** What to add to `performance.now()` for CLOCK_MONOTONIC, ms: the smallest of a few differences is the least disturbed. */
function monotonicOffset(): number {
  const differences = Array.from({ length: 5 }, () => {
    const before = now();
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6 - before;
  });
  return Math.min(...differences);
}

/** Told by what the server carries, since `instanceof` would load `http` and `tls` into apps that use neither. */
function protocolOf(server: net.Server): 'http' | 'https' | 'tls' | 'tcp' {
  const isHttp = 'maxHeadersCount' in server;
  const isTls = 'setSecureContext' in server;
  if (isHttp) return isTls ? 'https' : 'http';
  return isTls ? 'tls' : 'tcp';
}

const folder = process.env.CLUSTER_BENCH_PROBE;
if (folder !== undefined && threads.isMainThread) {
  try {
    probe(folder);
  } catch {} // A folder that is gone means that the trial is over; the app must not notice.
}
