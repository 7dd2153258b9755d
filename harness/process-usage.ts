import { readFileSync } from 'node:fs';

/** What a process without a probe has used, as far as the kernel tells. */
export interface ProcessUsage {
  pid: number;
  cpuSeconds: number;
  maxRssBytes: number;
}

/** A process and its children: of nginx the master and its workers. */
export function withChildren(pid: number): number[] {
  return [pid, ...childrenOf(pid)];
}

/** None where there is no /proc, or it has ended. */
export function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/**
 * Of one thread, over its lifetime; zeros where it has ended. Sources: /proc/PID/schedstat, whose first number is its time on
 * a CPU in ns (Documentation/scheduler/sched-stats.rst); proc_pid_status(5), VmHWM.
 */
export function usageOf(pid: number): ProcessUsage {
  const nanoseconds = Number(read(`/proc/${pid}/schedstat`).split(' ')[0]);
  const [, kibibytes = 0] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return { pid, cpuSeconds: nanoseconds / 1e9, maxRssBytes: Number(kibibytes) * 1024 };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // It ended.
  }
}
