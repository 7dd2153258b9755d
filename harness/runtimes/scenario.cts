/**
 * A preload for workers that a scenario has something to do with: it holds the late one back, and does what it is told
 * in `<folder>/<pid>.command`. Only where CLUSTER_BENCH_SCENARIO holds its {@link Settings}.
 */
import cluster = require('node:cluster');
import fs = require('node:fs');
import net = require('node:net');
import path = require('node:path');
import threads = require('node:worker_threads');

interface Settings {
  folder: string;
  /** The id of the worker that is held back until there is a file `release`; null for none. */
  lateId: number | null;
}

const lookEveryMs = 10;
const servers = new Set<net.Server>();
/** How many each allowed before it was full. */
const hadRoom = new Map<net.Server, number>();

const commands: Record<string, () => void> = {
  disconnect: () => worker()?.disconnect(),
  /** However few it has they are enough. (0 is no limit in older Nodes.) */
  'be-full': () => {
    for (const server of servers) {
      hadRoom.set(server, server.maxConnections);
      server.maxConnections = -1;
    }
  },
  'have-room': () => {
    for (const [server, most] of hadRoom) server.maxConnections = most;
    hadRoom.clear();
  },
};

function worker() {
  return (cluster as unknown as typeof import('node:cluster').default).worker;
}

function follow({ folder, lateId }: Settings): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  if (lateId !== null && worker()?.id === lateId)
    while (!fs.existsSync(path.join(folder, 'release'))) Atomics.wait(cell, 0, 0, lookEveryMs);
  const listen = net.Server.prototype.listen as (...args: unknown[]) => net.Server;
  net.Server.prototype.listen = function remembering(this: net.Server, ...args: unknown[]) {
    servers.add(this);
    return Reflect.apply(listen, this, args);
  } as typeof net.Server.prototype.listen;
  const file = path.join(folder, `${process.pid}.command`);
  setInterval(() => {
    if (!fs.existsSync(file)) return;
    const command = fs.readFileSync(file, 'utf8');
    fs.rmSync(file);
    commands[command]?.();
  }, lookEveryMs).unref();
}

const given = process.env.CLUSTER_BENCH_SCENARIO;
if (given !== undefined && threads.isMainThread) {
  try {
    follow(JSON.parse(given));
  } catch {} // The app must not notice.
}
