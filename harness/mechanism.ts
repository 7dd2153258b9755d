import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { isIPv6, SocketAddress } from 'node:net';
import { endianness } from 'node:os';
import { promisify } from 'node:util';
import type { Listener, MechanismName } from './record.js';

/** A process of the server and its part in it. */
export interface Member {
  pid: number;
  role: 'primary' | 'worker';
}

/** As `server.address()` tells it. */
export interface BoundAddress {
  address: string;
  port: number;
}

/** Who owns which socket that listens there; undefined where the platform does not tell. */
export async function findListeners(
  members: readonly Member[],
  at: BoundAddress,
): Promise<Listener[] | undefined> {
  if (process.platform === 'linux') return listenersFromProc(members, at);
  if (process.platform === 'darwin') return listenersFromLsof(members, at);
  return undefined;
}

/**
 * Which arrangement these listeners are. Every live worker is among `members`, so that one that holds no socket counts.
 * The patterns: one process alone; one socket, the primary's only; one socket in the primary and every worker; one socket
 * of its own in every worker.
 */
export function classify(members: readonly Member[], listeners: readonly Listener[]): MechanismName {
  const workers = members.filter(({ role }) => role === 'worker');
  const sockets = new Set(listeners.map(({ socket }) => socket));
  const socketsOf = (pid: number) => listeners.filter((listener) => listener.pid === pid);
  const inPrimary = listeners.some(({ role }) => role === 'primary');
  const perWorker = workers.map(({ pid }) => socketsOf(pid).length);
  if (members.length === 1 && workers.length === 1) return sockets.size === 1 ? 'single' : 'unknown';
  if (sockets.size === 1 && inPrimary && perWorker.every((held) => held === 0)) return 'round-robin';
  if (sockets.size === 1 && inPrimary && perWorker.every((held) => held === 1)) return 'shared';
  if (sockets.size === workers.length && !inPrimary && perWorker.every((held) => held === 1))
    return 'reuseport';
  return 'unknown';
}

/**
 * Linux: the inodes in state LISTEN (0A) at the address in /proc/PID/net/tcp{,6}, looked up among the process's descriptors.
 * Source: proc_pid_net(5), proc_pid_fd(5).
 */
export function listenersFromProc(members: readonly Member[], at: BoundAddress): Listener[] {
  return members.flatMap(({ pid, role }) => {
    const inodes = listeningInodes(pid, at);
    const held = new Set(inodes.size === 0 ? [] : socketsOf(pid).filter((inode) => inodes.has(inode)));
    return [...held].map((socket) => ({ pid, role, socket }));
  });
}

function listeningInodes(pid: number, { address, port }: BoundAddress): Set<string> {
  const inodes = new Set<string>();
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readOrEmpty(`/proc/${pid}/net/${table}`).split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      const [host = '', number = ''] = local.split(':');
      if (state !== '0A' || Number.parseInt(number, 16) !== port || inode === undefined) continue;
      if (addressOf(host) === address) inodes.add(inode);
    }
  }
  return inodes;
}

/** `0100007F` is 127.0.0.1: words of 32 bits, each in the machine's byte order. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (endianness() === 'LE') bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = bytes.toString('hex').replace(/.{4}(?=.)/g, '$&:');
  return new SocketAddress({ address: groups, family: 'ipv6' }).address;
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((fd) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${fd}`)) ?? [];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return []; // It ended.
  }
}

/**
 * macOS: `lsof -F` prints a line per field, `p` a process and `d` the socket's device, which is the address of the
 * kernel's control block and so the same in every process that shares the socket. On Linux `d` is the inode.
 */
export async function listenersFromLsof(
  members: readonly Member[],
  at: BoundAddress,
): Promise<Listener[] | undefined> {
  const pids = members.map(({ pid }) => pid).join(',');
  const args = ['-nP', '-a', '-p', pids, `-iTCP:${at.port}`, '-sTCP:LISTEN', '-Fpdn'];
  try {
    const { stdout } = await promisify(execFile)('lsof', args);
    return parseLsof(stdout, members, at);
  } catch (error) {
    // Exit code 1 and no output: nothing found. Anything else: lsof cannot be had.
    return (error as { code?: unknown }).code === 1 ? [] : undefined;
  }
}

/** A socket's fields come in this order: `p` once per process, then per descriptor `d` and `n`, such as `n*:3000`. */
export function parseLsof(
  output: string,
  members: readonly Member[],
  { address, port }: BoundAddress,
): Listener[] {
  const roles = new Map(members.map(({ pid, role }) => [pid, role]));
  const isAny = address === '::' || address === '0.0.0.0';
  const wanted = `${isAny ? '*' : isIPv6(address) ? `[${address}]` : address}:${port}`;
  const found = new Map<string, Listener>();
  let pid = 0;
  let socket = '';
  for (const line of output.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) pid = Number(value);
    if (line.startsWith('d')) socket = value;
    const role = roles.get(pid);
    if (line.startsWith('n') && value === wanted && role !== undefined) {
      found.set(`${pid} ${socket}`, { pid, role, socket });
    }
  }
  return [...found.values()];
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
