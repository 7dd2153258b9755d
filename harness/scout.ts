import { connect } from 'node:net';
import { basename } from 'node:path';
import type { Transport } from '../workloads/workload.js';
import { BenchError } from './errors.js';
import type { ListenEvent } from './probe/reader.js';
import { isStream, listening } from './probe/server-view.js';
import { type Waiting, whenSettled } from './ready.js';
import type { Launch } from './runtimes/launch.js';
import { builtinCluster, type ServerSpec } from './runtimes/server.js';

/** What one launch of an app has told about it. */
export interface AppFacts {
  protocol: 'http' | 'tcp';
  transport: Transport;
  /** Where a client reaches it, an address or a name; null on a UNIX-domain socket. */
  host: string | null;
  /** The port that it asks for by itself; 0 when it takes any, or has none. */
  askedPort: number;
  /** What the class of the driven server says that it speaks; null when not known. */
  listens: ListenEvent['protocol'] | null;
  clustersItself: boolean;
  /** How many workers it forked when it was asked for `ServerSpec.workers`; 0 when it forks none. */
  forked: number;
  /** Addresses that it listens on besides the driven one. */
  others: string[];
}

const helloMs = 300;

/**
 * Start the app once as it is and see what it does: whether it clusters itself, where it listens, what it speaks.
 * `protocol`, when it is given, is believed and not looked for.
 * @throws BenchError as {@link whenSettled}, and `app-unsupported` for what bench cannot drive
 */
export async function scout(
  launch: Launch,
  spec: Omit<ServerSpec, 'clustersItself' | 'askedPort'>,
  waiting: Omit<Waiting, 'server' | 'folder'>,
  protocol: 'http' | 'tcp' | null,
): Promise<AppFacts> {
  // Told what to fork in case it does; any port in case its own is to be replaced.
  const port = spec.port === null ? null : 0;
  const whole = { ...spec, clustersItself: true, askedPort: null, port };
  const server = await launch(builtinCluster(whole, { schedulingPolicy: 'rr' }));
  server.stdout.resume();
  try {
    const { view, readings } = await whenSettled({ ...waiting, server, folder: spec.folder }, spec.workers);
    const clustersItself = view.primary !== undefined;
    const served = clustersItself ? view.workers.map(({ reading }) => reading) : readings;
    const outside = readings.find(
      ({ pid, events }) => !clustersItself && pid !== server.pid && events.some(isListen),
    );
    if (outside !== undefined)
      throw unsupported(
        waiting.label,
        'listens in a process that it starts by itself, not through node:cluster',
      );
    const open = listening(served[0]).filter(isStream);
    // An app of which a client could reach several is driven by HTTP before anything else, and over TCP before a path.
    const driven = open.find(isHttp) ?? open.find(({ path }) => path === undefined) ?? open[0];
    if (driven === undefined) throw unsupported(waiting.label, 'listens nowhere');
    return {
      protocol: protocol ?? (await spoken(driven)),
      transport: driven.path === undefined ? 'tcp' : 'unix',
      host: driven.path === undefined ? reachable(driven.address ?? '') : null,
      askedPort: driven.askedPort ?? 0,
      listens: driven.protocol,
      clustersItself,
      forked: clustersItself ? view.workers.length : 0,
      others: open.filter((other) => other !== driven).map(addressOf),
    };
  } finally {
    await server.stop();
  }
}

/** How a client on this machine reaches a server that is bound to `address`. */
export function reachable(address: string): string {
  return address === '::' || address === '0.0.0.0' ? '127.0.0.1' : address;
}

async function spoken(at: ListenEvent): Promise<'http' | 'tcp'> {
  if (at.protocol === 'http' || at.protocol === 'https') return 'http';
  if (at.protocol === 'tls') return 'tcp';
  // A server on bare `net` may still speak HTTP (its own parser, or sockets handed on to an http.Server).
  return (await answersHttp(at)) ? 'http' : 'tcp';
}

function answersHttp({ address = '', port = 0, path }: ListenEvent): Promise<boolean> {
  return new Promise((resolve) => {
    const at = path ? { path } : { host: reachable(address), port };
    const socket = connect({ ...at, timeout: helloMs });
    let answer = '';
    const conclude = () => {
      socket.destroy();
      resolve(answer.startsWith('HTTP/1.'));
    };
    socket.setEncoding('latin1').on('data', (chunk) => {
      answer += chunk;
      if (answer.length >= 'HTTP/1.'.length) conclude();
    });
    socket.on('timeout', conclude).on('close', conclude).on('error', conclude);
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  });
}

function isListen({ type }: { type: string }): boolean {
  return type === 'listen';
}

function isHttp({ protocol, path }: ListenEvent): boolean {
  return (protocol === 'http' || protocol === 'https') && path === undefined;
}

function addressOf({ address, port, path }: ListenEvent): string {
  return path ?? `${address}:${port}`;
}

function unsupported(label: string, what: string): BenchError {
  return new BenchError('app-unsupported', `${basename(label)} ${what}`);
}
