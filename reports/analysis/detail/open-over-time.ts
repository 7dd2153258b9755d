import type { TrialRecord } from '../../../harness/record.js';
import { activeConnections } from '../active-connections.js';
import { extremes, mostSlotLines } from '../share-over-time.js';

/** Open connections, at the end of each step of time. */
export interface OpenOverTime {
  stepSeconds: number;
  /** `[line][step]`: each slot; with many slots the most, the middle and the fewest at each step. */
  counts: number[][];
  lines: 'slots' | 'extremes';
}

const mostSteps = 64;

/** Null where connections do not live long enough to be seen, as {@link activeConnections} has it; the drain is left out too. */
export function openOverTime(trial: TrialRecord): OpenOverTime | null {
  if (!activeConnections(trial)) return null;
  const { active, intervalSeconds } = trial.timeline;
  const open = active.map((row) => row.slice(0, -1));
  const step = Math.ceil((open[0]?.length ?? 0) / mostSteps);
  const slots = open.map((row) => row.filter((_, interval) => (interval + 1) % step === 0));
  const lines = slots.length <= mostSlotLines ? 'slots' : 'extremes';
  return {
    stepSeconds: step * intervalSeconds,
    counts: lines === 'slots' ? slots : extremes(slots),
    lines,
  };
}
