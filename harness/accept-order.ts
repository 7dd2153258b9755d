import type { SequenceCounts, TrialRecord } from './record.js';

/** Accepts of one worker: when, ascending, ms of CLOCK_MONOTONIC. */
export interface SlotAccepts {
  slot: number;
  atMs: Float64Array;
}

const keptSlots = 16_384;

/** The slots in the order in which their workers accepted; equal times keep the order of `accepts`. */
export function acceptOrder(accepts: readonly SlotAccepts[]): Uint16Array {
  const order = new Uint16Array(accepts.reduce((sum, { atMs }) => sum + atMs.length, 0));
  const next = accepts.map(() => 0);
  for (let index = 0; index < order.length; index += 1) {
    let earliest = -1;
    let earliestMs = Number.POSITIVE_INFINITY;
    for (let from = 0; from < accepts.length; from += 1) {
      const atMs = accepts[from]?.atMs[next[from] ?? 0] ?? Number.POSITIVE_INFINITY;
      if (atMs < earliestMs) {
        earliest = from;
        earliestMs = atMs;
      }
    }
    next[earliest] = (next[earliest] ?? 0) + 1;
    order[index] = accepts[earliest]?.slot ?? 0;
  }
  return order;
}

/** Count neighbours, runs and windows of k accepts, of `order` over k slots. */
export function countSequence(order: Uint16Array, workers: number): SequenceCounts {
  const transitions = Array.from({ length: workers }, () => new Array<number>(workers).fill(0));
  const runLengths: Record<string, number> = {};
  let run = 1;
  for (let index = 1; index < order.length; index += 1) {
    const [from, to] = [order[index - 1] as number, order[index] as number];
    const row = transitions[from];
    if (row !== undefined) row[to] = (row[to] ?? 0) + 1;
    if (from === to) run += 1;
    else {
      runLengths[run] = (runLengths[run] ?? 0) + 1;
      run = 1;
    }
  }
  if (order.length > 0) runLengths[run] = (runLengths[run] ?? 0) + 1;
  return {
    source: 'workers',
    accepted: order.length,
    transitions,
    runLengths,
    windowedJain: windowedJain(order, workers),
  };
}

/** As the record keeps it: the first 16,384 slots, Uint16 little-endian, base64. */
export function encodeOrder(order: Uint16Array): NonNullable<TrialRecord['acceptOrder']> {
  const kept = order.subarray(0, keptSlots);
  const bytes = Buffer.alloc(kept.length * 2);
  for (const [index, slot] of kept.entries()) bytes.writeUInt16LE(slot, index * 2);
  return { slots: bytes.toString('base64'), truncated: order.length > keptSlots };
}

/** Jain's index (DEC TR-301, 1984) of each whole window of k neighbours: k² / (k Σx²), averaged. */
function windowedJain(order: Uint16Array, window: number): SequenceCounts['windowedJain'] {
  const windows = Math.floor(order.length / window);
  let sum = 0;
  for (let index = 0; index < windows; index += 1) {
    const counts = new Array<number>(window).fill(0);
    for (const slot of order.subarray(index * window, (index + 1) * window))
      counts[slot] = (counts[slot] ?? 0) + 1;
    sum += window / counts.reduce((squares, count) => squares + count * count, 0);
  }
  return { window, windows, mean: windows === 0 ? null : sum / windows };
}
