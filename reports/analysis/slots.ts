import type { TrialRecord, WorkerRecord } from '../../harness/record.js';

type Amount = 'connections' | 'requests' | 'cpuSeconds';

/**
 * One amount per slot, 0…k−1 with k = cell.workers: a slot that no process reported for stays 0, so that an idle worker
 * does not vanish, and a restarted worker's PIDs are added up.
 */
export function perSlot({ cell, workers }: TrialRecord, amount: Amount): number[] {
  const amounts = new Array<number>(cell.workers).fill(0);
  for (const row of workers)
    if (row.slot < cell.workers) amounts[row.slot] = (amounts[row.slot] ?? 0) + row[amount];
  return amounts;
}

/** The rows of each slot, 0…k−1, in the order of the record. */
export function slotRows({ cell, workers }: Pick<TrialRecord, 'cell' | 'workers'>): WorkerRecord[][] {
  return Array.from({ length: cell.workers }, (_, slot) => workers.filter((worker) => worker.slot === slot));
}
