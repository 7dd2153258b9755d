import { listenersFromProc } from './listeners/linux.js';
import { listenersFromLsof } from './listeners/macos.js';
import type { ListenEvent } from './probe/reader.js';
import type { Listener, MechanismName } from './record.js';

/** A process of the server and its part in it. */
export interface Member {
  pid: number;
  role: 'primary' | 'worker' | 'proxy';
  /** What sockets do not tell: whether it is our own cluster that hands connections over to it, or sent it its socket. */
  via?: ListenEvent['via'];
}

/** As `server.address()` tells it, or the path of a UNIX-domain socket. */
export type BoundAddress = IpAddress | { path: string };

export interface IpAddress {
  address: string;
  port: number;
  /** Otherwise TCP. */
  udp?: boolean;
}

/** Who owns which socket that listens there; undefined where the platform does not tell. */
export async function findListeners(
  members: readonly Member[],
  at: BoundAddress,
): Promise<Listener[] | undefined> {
  if (process.platform === 'linux') return listenersFromProc(members, at);
  // There lsof does not tell a UNIX-domain socket that listens from one that was accepted.
  if (process.platform === 'darwin' && 'port' in at && !at.udp) return listenersFromLsof(members, at);
  return undefined;
}

/**
 * Which arrangement these listeners are. Every live worker is among `members`, so that one that holds no socket counts.
 * The patterns: one process alone; one socket, a proxy's only; one socket, the primary's only (Node's, or of our own
 * cluster); one socket in the primary and every worker; one socket in every worker only; one of its own in every worker.
 */
export function classify(members: readonly Member[], listeners: readonly Listener[]): MechanismName {
  const workers = members.filter(({ role }) => role === 'worker');
  const sockets = new Set(listeners.map(({ socket }) => socket));
  const socketsOf = (pid: number) => listeners.filter((listener) => listener.pid === pid);
  if (members.some(({ role }) => role === 'proxy'))
    return sockets.size === 1 && listeners.every(({ role }) => role === 'proxy') ? 'proxy' : 'unknown';
  const inPrimary = listeners.some(({ role }) => role === 'primary');
  const perWorker = workers.map(({ pid }) => socketsOf(pid).length);
  if (members.length === 1 && workers.length === 1) return sockets.size === 1 ? 'single' : 'unknown';
  if (sockets.size === 1 && inPrimary && perWorker.every((held) => held === 0)) {
    if (workers.every(({ via }) => via === undefined)) return 'round-robin';
    return workers.every(({ via }) => via === 'handed-over') ? 'userland' : 'unknown';
  }
  if (sockets.size === 1 && inPrimary && perWorker.every((held) => held === 1)) return 'shared';
  if (workers.some(({ via }) => via === 'sent')) {
    const isSent = sockets.size === 1 && !inPrimary && perWorker.every((held) => held === 1);
    return isSent && workers.every(({ via }) => via === 'sent') ? 'handle' : 'unknown';
  }
  if (sockets.size === workers.length && !inPrimary && perWorker.every((held) => held === 1))
    return 'reuseport';
  return 'unknown';
}
