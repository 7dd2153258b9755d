import { spawnSync } from 'node:child_process';
import { usageError } from '../errors.js';
import { errorCode } from '../system-error.js';
import type { Launch } from './launch.js';

/** Launch on these CPUs only (`0-3,6`), through taskset; null leaves it to the kernel. */
export function pinned(launch: Launch, cpus: string | null): Launch {
  if (cpus === null) return launch;
  return (spec) =>
    launch({ ...spec, command: 'taskset', args: ['--cpu-list', cpus, spec.command, ...spec.args] });
}

/**
 * Refuse CPUs that cannot be pinned to, before anything is started.
 * @throws BenchError exit code 2
 */
export function assertPinnable(pins: Readonly<Record<string, string | null>>): void {
  for (const [flag, cpus] of Object.entries(pins)) {
    if (cpus === null) continue;
    const { error, status } = spawnSync('taskset', ['--cpu-list', cpus, 'true'], { stdio: 'ignore' });
    if (errorCode(error) === 'ENOENT')
      throw usageError(
        'pinning',
        `${flag} ${cpus}: there is no taskset here (util-linux has it); leave it out`,
      );
    if (status !== 0)
      throw usageError(
        'pinning',
        `${flag} ${cpus}: taskset refuses these CPUs; name some that this machine has`,
      );
  }
}
