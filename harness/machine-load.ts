import { cpus } from 'node:os';

/** Other programs may take this share of the machine before it is said. */
export const noisyAbove = 0.1;

/** CPU time that the whole machine has spent on processes since it started, seconds. Interrupts belong to nobody. */
export function machineCpuSeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys, 0) / 1000;
}

/**
 * The share of the machine's CPU that went to others than `ownCpuSeconds` while it spent `cpuSeconds` in `wallSeconds`;
 * 0 where ours come to more, since the kernel counts in ticks.
 */
export function foreignShare(
  {
    cpuSeconds,
    wallSeconds,
    ownCpuSeconds,
  }: { cpuSeconds: number; wallSeconds: number; ownCpuSeconds: number },
  cores: number,
): number {
  return wallSeconds > 0 ? Math.max(0, (cpuSeconds - ownCpuSeconds) / (wallSeconds * cores)) : 0;
}
