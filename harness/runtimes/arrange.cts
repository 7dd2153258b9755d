/**
 * A preload that arranges, from outside, how an unmodified app listens: `CLUSTER_BENCH_LISTEN` holds, as JSON, what to
 * lay over its calls of `listen`.
 */
import cluster = require('node:cluster');
import net = require('node:net');
import threads = require('node:worker_threads');
import listenArguments = require('../probe/listen-arguments.cjs');

interface Arrangement {
  /** The port that the driven server asks for; `null` for whichever. Only its address is changed. */
  askedPort: number | null;
  port?: number;
  host?: string;
  /** Every worker's TCP server binds a socket of its own. */
  reusePort?: boolean;
}

function arrange({ askedPort, reusePort, ...address }: Arrangement): void {
  const listen = net.Server.prototype.listen as (...args: unknown[]) => net.Server;
  const patched = function patchedListen(this: net.Server, ...args: unknown[]): net.Server {
    const asked = listenArguments.tcpRequest(args);
    if (asked === undefined) return Reflect.apply(listen, this, args);
    const driven = askedPort === null || asked.port === askedPort;
    const changes = {
      ...(driven ? address : {}),
      ...(reusePort && (cluster as unknown as { isWorker: boolean }).isWorker ? { reusePort: true } : {}),
    };
    return Reflect.apply(listen, this, listenArguments.withChanges(args, changes));
  };
  Object.defineProperty(patched, 'name', { value: 'listen' });
  net.Server.prototype.listen = patched as typeof net.Server.prototype.listen;
}

const given = process.env.CLUSTER_BENCH_LISTEN;
if (given !== undefined && threads.isMainThread) arrange(JSON.parse(given));
