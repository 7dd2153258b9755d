import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { isIPv6, SocketAddress } from 'node:net';
import { endianness } from 'node:os';
import { resolve } from 'node:path';
import type { BoundAddress, IpAddress, Member } from '../mechanism.js';
import type { Listener } from '../record.js';
import { tcpListenLines } from './proc-net.js';

/**
 * The inodes of the sockets that listen there, looked up among each process's descriptors. Source: proc_pid_net(5),
 * proc_pid_fd(5).
 */
export function listenersFromProc(members: readonly Member[], at: BoundAddress): Listener[] {
  const inNamespace = new Map<string, Set<string>>();
  return members.flatMap(({ pid, role }) => {
    const namespace = linkOf(`/proc/${pid}/ns/net`);
    const inodes = inNamespace.get(namespace) ?? listeningInodes(pid, at);
    // Where a path is seen from depends on the process.
    if (namespace !== '' && !('path' in at)) inNamespace.set(namespace, inodes);
    const held = new Set(inodes.size === 0 ? [] : socketsOf(pid).filter((inode) => inodes.has(inode)));
    return [...held].map((socket) => ({ pid, role, socket }));
  });
}

function listeningInodes(pid: number, at: BoundAddress): Set<string> {
  return 'path' in at ? unixInodes(pid, at.path) : ipInodes(pid, at);
}

/** In /proc/PID/net/{tcp,udp}{,6}. */
function ipInodes(pid: number, { address, port, udp }: IpAddress): Set<string> {
  const inodes = new Set<string>();
  const version = isIPv6(address) ? '6' : '';
  const lines = udp
    ? boundUdpLines(`/proc/${pid}/net/udp${version}`)
    : tcpListenLines(`/proc/${pid}/net/tcp${version}`);
  for (const [, local = '', , , , , , , , inode] of lines) {
    const [host = '', number = ''] = local.split(':');
    if (Number.parseInt(number, 16) !== port || inode === undefined) continue;
    if (addressOf(host) === address) inodes.add(inode);
  }
  return inodes;
}

/** In the state of a socket that is not connected (07). */
function boundUdpLines(path: string): string[][] {
  return readOrEmpty(path)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === '07');
}

/**
 * In /proc/PID/net/unix: `Num: RefCount Protocol Flags Type St Inode Path`, flags __SO_ACCEPTCON (00010000). A path is as
 * it was bound: Node's primary takes the shorter of the absolute and the relative one. `@` stands for a NUL.
 */
function unixInodes(pid: number, path: string): Set<string> {
  const folder = linkOf(`/proc/${pid}/cwd`);
  const lines = readOrEmpty(`/proc/${pid}/net/unix`).split('\n').slice(1);
  return new Set(
    lines.flatMap((line) => {
      const [, , , flags, , , inode = '', ...name] = line.trim().split(/ +/);
      const bound = name.join(' ').replace(/^@/, '\0');
      const isThere = bound === path || resolve(folder, bound) === path;
      return flags === '00010000' && isThere ? [inode] : [];
    }),
  );
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
