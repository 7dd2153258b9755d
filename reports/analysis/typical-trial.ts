import type { Conservation, Timeline, TrialRecord, WorkerRecord } from '../../harness/record.js';
import { jainOf } from './fairness.js';
import { type ShareOverTime, shareOverTime } from './share-over-time.js';
import { perSlot, slotRows } from './slots.js';

/** One trial that stands for its cell, slot by slot: slots are never pooled over trials. */
export interface TypicalTrial {
  run: number;
  slots: SlotShare[];
  /** Whether the requests fell visibly otherwise than the connections. */
  requestsDiffer: boolean;
  overTime: ShareOverTime | null;
  /** What was counted as a connection. */
  of: Conservation['of'];
}

export interface ProcessShare {
  pid: number;
  connections: number;
  connectionShare: number;
  requests: number;
  requestShare: number;
  exit?: WorkerRecord['exit'];
}

export interface SlotShare extends Omit<ProcessShare, 'pid' | 'exit'> {
  slot: number;
  /** Every PID that ran in the slot, oldest first; empty when none was seen. */
  processes: ProcessShare[];
}

export function typicalTrial(trials: readonly TrialRecord[]): TypicalTrial | undefined {
  const chosen = chooseTypical(trials);
  return chosen && describeTrial(chosen);
}

/**
 * The valid trial whose Jain index of connections is the median (the lower of two, the earliest of equals); undefined
 * without a valid trial.
 */
export function chooseTypical(trials: readonly TrialRecord[]): TrialRecord | undefined {
  const ranked = trials
    .filter((trial) => trial.valid)
    .map((trial) => ({ trial, jain: jainOf(perSlot(trial, 'connections')) ?? 0 }))
    .sort((a, b) => a.jain - b.jain || a.trial.run - b.trial.run);
  const middle = ranked[Math.floor((ranked.length - 1) / 2)];
  return ranked.find(({ jain }) => jain === middle?.jain)?.trial;
}

function describeTrial(chosen: TrialRecord): TypicalTrial {
  const slots = slotShares(chosen);
  const overTime = shareOverTime(timelineOfWindow(chosen), 64);
  const { of } = chosen.conservation;
  return {
    run: chosen.run,
    slots,
    requestsDiffer: requestsDiffer(slots),
    overTime: overTime && of !== 'connections' ? { ...overTime, of } : overTime,
    of,
  };
}

/** Without the drain, in which few connections come, and the rest of an interval at the window's end. */
function timelineOfWindow({ timeline, measuredSeconds }: TrialRecord): Timeline {
  // Rounded, since 0.3 / 0.1 is a little less than 3.
  const whole = Math.floor(Math.round((measuredSeconds / timeline.intervalSeconds) * 1e6) / 1e6);
  const cut = (rows: number[][]) => rows.map((row) => row.slice(0, whole));
  return { ...timeline, connections: cut(timeline.connections), requests: cut(timeline.requests) };
}

function slotShares(trial: TrialRecord): SlotShare[] {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  const allConnections = sum(trial.workers, 'connections');
  const allRequests = sum(trial.workers, 'requests');
  const shares = (connections: number, requests: number) => ({
    connections,
    connectionShare: share(connections, allConnections),
    requests,
    requestShare: share(requests, allRequests),
  });
  return slotRows(trial).map((rows, slot) => ({
    slot,
    ...shares(sum(rows, 'connections'), sum(rows, 'requests')),
    processes: rows.map((row) => ({
      pid: row.pid,
      ...shares(row.connections, row.requests),
      ...(row.exit && { exit: row.exit }),
    })),
  }));
}

/** By more than a tenth of the fair share in some slot: about what a bar can show. */
function requestsDiffer(slots: readonly SlotShare[]): boolean {
  const answered = slots.some(({ requests }) => requests > 0);
  const visible = 0.1 / slots.length;
  return answered && slots.some((slot) => Math.abs(slot.requestShare - slot.connectionShare) > visible);
}

function sum(rows: readonly WorkerRecord[], amount: 'connections' | 'requests'): number {
  return rows.reduce((total, row) => total + row[amount], 0);
}
