import type { TrialRecord } from '../../../harness/record.js';

export interface ProcessCpu {
  /** `primary`, `slot 0`, `client`. */
  name: string;
  part: 'front' | 'worker' | 'client';
  slot?: number;
  pid: number | null;
  cpuSeconds: number;
}

/** In the window: what stands before the workers, the workers, and the client that drove them. */
export function processCpu({ front, workers, client }: TrialRecord): ProcessCpu[] {
  return [
    ...front.map(({ role, pid, cpuSeconds }): ProcessCpu => ({ name: role, part: 'front', pid, cpuSeconds })),
    ...workers.map(
      ({ slot, pid, cpuSeconds }): ProcessCpu => ({
        name: `slot ${slot}`,
        part: 'worker',
        slot,
        pid,
        cpuSeconds,
      }),
    ),
    { name: 'client', part: 'client', pid: null, cpuSeconds: client.cpuSeconds },
  ];
}
