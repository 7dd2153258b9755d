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
  const next = new Uint32Array(accepts.length);
  const nextMs = Float64Array.from(accepts, ({ atMs }) => atMs[0] ?? Number.POSITIVE_INFINITY);
  const earliest = earliestOf(nextMs);
  for (let index = 0; index < order.length; index += 1) {
    const from = earliest();
    const { slot, atMs } = accepts[from] as SlotAccepts;
    order[index] = slot;
    const after = (next[from] as number) + 1;
    next[from] = after;
    nextMs[from] = after < atMs.length ? (atMs[after] as number) : Number.POSITIVE_INFINITY;
  }
  return order;
}

/**
 * To be asked again and again for the index of the least of `times`, the first of equals, where nothing but the one that was
 * told last has changed: a tournament, of which only that one's matches are played again.
 */
function earliestOf(times: Float64Array): () => number {
  const half = 2 ** Math.ceil(Math.log2(Math.max(1, times.length)));
  /** Node n has won against the other below n >> 1; from `half` on they are the players, of whom the last may not exist. */
  const winners = Uint32Array.from({ length: 2 * half }, (_, node) => Math.max(0, node - half));
  const timeOf = (player: number) =>
    player < times.length ? (times[player] as number) : Number.POSITIVE_INFINITY;
  const play = (node: number) => {
    const [left, right] = [winners[2 * node] as number, winners[2 * node + 1] as number];
    winners[node] = timeOf(right) < timeOf(left) ? right : left;
  };
  for (let node = half - 1; node >= 1; node -= 1) play(node);
  return () => {
    for (let node = (half + (winners[1] as number)) >> 1; node >= 1; node >>= 1) play(node);
    return winners[1] as number;
  };
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
  const counts = new Array<number>(window);
  let sum = 0;
  for (let index = 0; index < windows; index += 1) {
    counts.fill(0);
    // Σx² grows by (x + 1)² − x² with each.
    let squares = 0;
    for (let accept = index * window; accept < (index + 1) * window; accept += 1) {
      const slot = order[accept] as number;
      const before = counts[slot] ?? 0;
      squares += 2 * before + 1;
      counts[slot] = before + 1;
    }
    sum += window / squares;
  }
  return { window, windows, mean: windows === 0 ? null : sum / windows };
}
