import type { Job } from './drivers/driver.js';
import type { BoundAddress } from './mechanism.js';
import type { ListenEvent } from './probe/reader.js';
import { listening, type ServerView } from './probe/server-view.js';
import { reachable } from './scout.js';
import type { TrialSpec } from './trial.js';

/** Where the driven server is bound, and how a client reaches it there. */
export interface Driven extends Pick<Job, 'target' | 'authority'> {
  at: BoundAddress;
  /** Whether a worker's server is the driven one: there, or where the proxy that is there passes on to. */
  isDriven: (event: ListenEvent) => boolean;
}

/** The app's servers are told apart by the port that they ask for and by their class; a built-in workload has one. */
export function drivenBy({
  server: { askedPort },
  transport,
  listens,
}: Pick<TrialSpec, 'server' | 'transport' | 'listens'>): (at: ListenEvent) => boolean {
  return ({ port, protocol, ...at }) => {
    if (listens !== null && protocol !== listens) return false;
    if ((transport === 'udp') !== (protocol === 'udp')) return false;
    if (transport === 'unix') return port === undefined;
    return port !== undefined && (askedPort === null || at.askedPort === askedPort);
  };
}

export function drivenAddress(
  { workers, proxy }: ServerView,
  isDriven: (at: ListenEvent) => boolean,
): Driven {
  if (proxy !== undefined) {
    const { address, port } = proxy;
    return { ...reachedAt(address, port), at: { address, port }, isDriven };
  }
  const at = workers.flatMap(({ reading }) => listening(reading)).find(isDriven);
  const { address = '', port = 0, path, protocol } = at ?? {};
  if (typeof path === 'string') return { target: { path }, authority: 'localhost', ...boundTo({ path }) };
  return { ...reachedAt(address, port), ...boundTo({ address, port, udp: protocol === 'udp' }) };
}

function boundTo(at: BoundAddress): Pick<Driven, 'at' | 'isDriven'> {
  return { at, isDriven: (event) => isAt(event, at) };
}

function reachedAt(address: string, port: number): Pick<Driven, 'target' | 'authority'> {
  const host = reachable(address);
  return { target: { host, port }, authority: `${host.includes(':') ? `[${host}]` : host}:${port}` };
}

/** Whether that server listens there. */
export function isAt({ address, port, path, protocol }: ListenEvent, at: BoundAddress): boolean {
  return 'path' in at
    ? path === at.path
    : port === at.port && address === at.address && (at.udp ?? false) === (protocol === 'udp');
}
