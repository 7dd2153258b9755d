import { execFile } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { promisify } from 'node:util';
import type { IpAddress, Member } from '../mechanism.js';
import type { Listener } from '../record.js';

/**
 * `lsof -F` prints a line per field, `p` a process and `d` the socket's device, which is the address of the
 * kernel's control block and so the same in every process that shares the socket. On Linux `d` is the inode.
 */
export async function listenersFromLsof(
  members: readonly Member[],
  at: IpAddress,
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
  { address, port }: IpAddress,
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
