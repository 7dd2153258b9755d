import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ServerView } from '../probe/server-view.js';
import { childrenOf, withChildren } from '../process-usage.js';
import type { FrontRecord, TrialRecord } from '../record.js';
import type { ProcessInfo } from './inspection.js';

/** The launched process and all below it, parents first. Where there is no /proc only what has a probe is known. */
export function processTree(
  root: number,
  view: ServerView,
  front: FrontRecord['role'],
): Omit<ProcessInfo, 'listens'>[] {
  const found: Omit<ProcessInfo, 'listens'>[] = [];
  const add = (pid: number, parent: number) => {
    found.push({
      pid,
      parent,
      ...roleOf(pid, view, front),
      command: commandOf(pid),
      descriptors: descriptorsOf(pid),
    });
    for (const child of childrenOf(pid)) add(child, pid);
  };
  add(root, process.pid);
  const known = [
    view.primary?.pid,
    ...view.workers.map(({ pid }) => pid),
    ...view.agents.map(({ pid }) => pid),
  ];
  for (const pid of known)
    if (pid !== undefined && found.every((one) => one.pid !== pid)) add(pid, view.primary?.pid ?? root);
  return found;
}

export function withListeners(
  processes: readonly Omit<ProcessInfo, 'listens'>[],
  { listeners }: TrialRecord['mechanism'],
): ProcessInfo[] {
  return processes.map((each) => ({
    ...each,
    listens: listeners.filter(({ pid }) => pid === each.pid).map(({ socket }) => socket),
  }));
}

function roleOf(
  pid: number,
  view: ServerView,
  front: FrontRecord['role'],
): Pick<ProcessInfo, 'role' | 'slot'> {
  const worker = view.workers.find((each) => each.pid === pid);
  if (worker !== undefined) return { role: 'worker', slot: worker.slot };
  if (pid === view.primary?.pid) return { role: front };
  if (view.agents.some((agent) => agent.pid === pid)) return { role: 'agent' };
  const isProxy = view.proxy !== undefined && withChildren(view.proxy.pid).includes(pid);
  return { role: isProxy ? 'proxy' : 'other' };
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

function descriptorsOf(pid: number): ProcessInfo['descriptors'] {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
    const count = (is: (link: string) => boolean) => links.filter(is).length;
    const sockets = count((link) => link.startsWith('socket:'));
    const pipes = count((link) => link.startsWith('pipe:'));
    const files = count((link) => link.startsWith('/'));
    return { sockets, pipes, files, others: links.length - sockets - pipes - files };
  } catch {
    return null;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // It was closed meanwhile.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It ended, or there is no /proc.
  }
}
