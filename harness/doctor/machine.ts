import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { machineCpuSeconds } from '../machine-load.js';
import type { Environment } from '../record.js';
import type { MachineFacts } from './examination.js';

/** Read them, and watch the machine for a second. `root` is where /proc and /sys are. */
export async function machineFacts(environment: Environment, root = '/'): Promise<MachineFacts> {
  const { openFilesLimit, portRange, somaxconn, availableParallelism, cgroupCpuLimit, virtualized } =
    environment;
  return {
    openFilesLimit,
    portRange,
    somaxconn,
    availableParallelism,
    ...(cgroupCpuLimit !== undefined && { cgroupCpuLimit }),
    ...(virtualized !== undefined && { virtualized }),
    governors: governors(path.join(root, 'sys/devices/system/cpu')),
    timeWait: numberIn(path.join(root, 'proc/net/sockstat'), /^TCP:.* tw (\d+)/m),
    timeWaitReuse: numberIn(path.join(root, 'proc/sys/net/ipv4/tcp_tw_reuse'), /^(\d+)/),
    busyShare: await busyShare(),
  };
}

async function busyShare(): Promise<number> {
  const [cpuBefore, before] = [machineCpuSeconds(), performance.now()];
  await setTimeout(1000);
  const wallSeconds = (performance.now() - before) / 1000;
  return (machineCpuSeconds() - cpuBefore) / (wallSeconds * os.cpus().length);
}

function governors(folder: string): string[] {
  try {
    const cpus = readdirSync(folder).filter((name) => /^cpu\d+$/.test(name));
    const texts = cpus.map((cpu) => textOf(path.join(folder, cpu, 'cpufreq/scaling_governor')).trim());
    return [...new Set(texts.filter(Boolean))];
  } catch {
    return [];
  }
}

function numberIn(file: string, pattern: RegExp): number | null {
  const [, digits] = pattern.exec(textOf(file)) ?? [];
  return digits === undefined ? null : Number(digits);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
