import type { TrialRecord } from '../../../harness/record.js';
import { mergeHistograms, percentilesOf } from '../latency.js';
import type { LatencySummary } from '../latency-summary.js';

export interface LatencyBySlot {
  kind: 'response' | 'connect';
  /** By slot; null where nothing was recorded. */
  slots: (LatencySummary | null)[];
  /** It is of 1 in so many connections. */
  sampling: number;
}

/** Null for one worker, and where no slot has any. */
export function latencyBySlot({ cell, latency }: TrialRecord): LatencyBySlot | null {
  const { bySlot = {}, bySlotSampling = 1 } = latency;
  const kind = Object.values(bySlot).some(({ response }) => response) ? 'response' : 'connect';
  const slots = Array.from({ length: cell.workers }, (_, slot) => {
    const histogram = bySlot[slot]?.[kind];
    const recorded = histogram ? mergeHistograms([histogram]) : null;
    return recorded && percentilesOf(recorded);
  });
  if (cell.workers < 2 || slots.every((slot) => slot === null)) return null;
  return { kind, slots, sampling: bySlotSampling };
}
