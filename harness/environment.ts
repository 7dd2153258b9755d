import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { usageError } from './errors.js';
import { ownFile } from './own-files.js';
import type { Environment } from './record.js';

/**
 * What the figures of a run depend on and cannot be read off them. `root` is where /proc and /sys are; a fact that the
 * platform does not tell is null or absent.
 */
export async function describeEnvironment({
  nodes,
  peers = {},
  root = '/',
}: {
  nodes: Environment['nodes'];
  /** Of what the policies stand on. */
  peers?: Environment['peers'];
  root?: string;
}): Promise<Environment> {
  const cpus = os.cpus();
  const [openFiles, ports, somaxconn, cgroupCpuLimit, virtualized, libraries] = await Promise.all([
    openFilesLimit(root),
    numbersIn(path.join(root, 'proc/sys/net/ipv4/ip_local_port_range')),
    numbersIn(path.join(root, 'proc/sys/net/core/somaxconn')),
    cpuLimit(root),
    isVirtualized(root),
    installedPeers(),
  ]);
  const [firstPort, lastPort] = ports;
  return {
    platform: process.platform,
    arch: process.arch,
    kernel: os.release(),
    cpuModel: cpus[0]?.model.trim() || 'unknown',
    cores: cpus.length,
    availableParallelism: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    loadAverage: os.loadavg(),
    openFilesLimit: openFiles,
    portRange: firstPort === undefined || lastPort === undefined ? null : [firstPort, lastPort],
    somaxconn: somaxconn[0] ?? null,
    ...(cgroupCpuLimit !== undefined && { cgroupCpuLimit }),
    ...(virtualized !== undefined && { virtualized }),
    toolNode: process.versions.node,
    nodes,
    peers: { ...libraries, ...peers },
  };
}

/** Open files of a process beside its connections: the runtime's own, pipes, libraries. */
const spareFiles = 64;

/** The most connections that a process with this limit can have open. */
export function mostConnections(limit: number | null): number {
  return limit === null ? Number.POSITIVE_INFINITY : Math.max(0, limit - spareFiles);
}

/**
 * Refuses connections that the client could not open all at once.
 * @throws BenchError (exit code 2)
 */
export function assertEnoughFiles({
  connections,
  limit,
}: {
  connections: number;
  limit: number | null;
}): void {
  if (connections <= mostConnections(limit)) return;
  const needed = connections + spareFiles;
  throw usageError(
    'too-few-open-files',
    `--connections ${connections} needs about ${needed} open files and the limit is ${limit}: raise it with 'ulimit -n ${needed}' or lower --connections`,
  );
}

/**
 * The soft limit of this process, which those it starts inherit; null is no limit, or none that is told. Node raises its
 * own to the hard limit as it starts.
 */
async function openFilesLimit(root: string): Promise<number | null> {
  const limits = await textOf(path.join(root, 'proc/self/limits'));
  const [, soft] = /^Max open files\s+(\S+)/m.exec(limits) ?? [];
  return toCount(soft ?? (await shellLimit()));
}

async function shellLimit(): Promise<string> {
  try {
    return (await promisify(execFile)('/bin/sh', ['-c', 'ulimit -n'])).stdout.trim();
  } catch {
    return '';
  }
}

/**
 * CPUs' worth of time that our control group may use, the least of all above us; absent without a limit.
 * Source: kernel documentation, cgroup-v2 (cpu.max: quota and period in µs) and sched-bwc for v1.
 */
async function cpuLimit(root: string): Promise<number | undefined> {
  const lines = (await textOf(path.join(root, 'proc/self/cgroup'))).split('\n');
  const limits = await Promise.all(
    lines.flatMap((line) => {
      const [, controllers = '', group = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
      const isV2 = controllers === '' && group !== '';
      if (!isV2 && !controllers.split(',').includes('cpu')) return [];
      const mount = path.join(root, 'sys/fs/cgroup', controllers);
      return ancestors(group).map((at) => (isV2 ? maxOf : quotaOf)(path.join(mount, at)));
    }),
  );
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

async function maxOf(folder: string): Promise<number | undefined> {
  return ratio((await textOf(path.join(folder, 'cpu.max'))).trim().split(' '));
}

async function quotaOf(folder: string): Promise<number | undefined> {
  const files = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'];
  return ratio(await Promise.all(files.map((name) => textOf(path.join(folder, name)))));
}

function ratio([quota, period]: readonly (string | undefined)[]): number | undefined {
  const [numerator, denominator] = [toCount(quota?.trim()), toCount(period?.trim())];
  return numerator && denominator ? numerator / denominator : undefined;
}

/** `/a/b` → `/a/b`, `/a`, `/`. In a container the root is the container's own group, whatever its path says. */
function ancestors(group: string): string[] {
  const parts = group.split('/').filter((part) => part !== '');
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`).concat('/');
}

/** Only x86 says so; elsewhere absent. */
async function isVirtualized(root: string): Promise<boolean | undefined> {
  const [, flags] = /^flags\s*:(.*)$/m.exec(await textOf(path.join(root, 'proc/cpuinfo'))) ?? [];
  return flags?.split(' ').includes('hypervisor');
}

/** What draws the load and takes the times, in the versions that are used: bundled with us, and installed here. */
async function installedPeers(): Promise<Record<string, string>> {
  const bundled: Record<string, string> = JSON.parse(await textOf(ownFile('bundled.json')));
  const name = 'autocannon';
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const texts = await Promise.all(folders.map((folder) => textOf(path.join(folder, name, 'package.json'))));
  const found = texts.find((text) => text !== '');
  return {
    ...(found && { [name]: String(JSON.parse(found).version) }),
    'hdr-histogram-js': String(bundled['hdr-histogram-js']),
  };
}

async function numbersIn(file: string): Promise<number[]> {
  return (await textOf(file)).split(/\s+/).filter(Boolean).map(Number).filter(Number.isInteger);
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

function toCount(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
