import type { Timeline } from '../../harness/record.js';

export interface ShareOverTime {
  /** Requests where connections arrive only at the start and stay (keep-alive). */
  of: 'connections' | 'requests' | 'datagrams';
  seconds: number;
  slots: number;
  /** `[line][point]`: each slot's share of what arrived then; with many slots the busiest, middle and least busy share. */
  shares: number[][];
  lines: 'slots' | 'extremes';
}

/** More lines than this cannot be told apart. */
export const mostSlotLines = 8;
const fewestPoints = 5;

/**
 * Each slot's share of the arrivals in at most `points` equal steps of time. A step in which nothing arrived repeats
 * the share before it. Null for a single slot, and where fewer than 5 steps, or fewer than half of them, had arrivals.
 */
export function shareOverTime(timeline: Timeline, points: number): ShareOverTime | null {
  for (const of of ['connections', 'requests'] as const) {
    const counts = timeline[of];
    const intervals = Math.max(0, ...counts.map((row) => row.length));
    const step = Math.max(1, Math.ceil(intervals / points));
    const steps = Array.from({ length: Math.ceil(intervals / step) }, (_, index) =>
      counts.map((row) => sum(row.slice(index * step, (index + 1) * step))),
    );
    const busy = steps.filter((arrivals) => sum(arrivals) > 0).length;
    if (counts.length < 2 || busy < fewestPoints || busy < steps.length / 2) continue;
    const slots = transpose(sharesOf(steps));
    const lines = slots.length <= mostSlotLines ? 'slots' : 'extremes';
    return {
      of,
      seconds: intervals * timeline.intervalSeconds,
      slots: slots.length,
      shares: lines === 'slots' ? slots : extremes(slots),
      lines,
    };
  }
  return null;
}

function sharesOf(steps: readonly number[][]): number[][] {
  let before: number[] | undefined;
  const shares = steps.map((arrivals) => {
    const total = sum(arrivals);
    before = total > 0 ? arrivals.map((count) => count / total) : before;
    return before;
  });
  const first = shares.find((share) => share !== undefined) ?? [];
  return shares.map((share) => share ?? first);
}

/** The greatest, the median and the least of each step. */
export function extremes(slots: readonly number[][]): number[][] {
  const steps = transpose(slots).map((shares) => shares.toSorted((a, b) => b - a));
  const middle = Math.floor((slots.length - 1) / 2);
  return [0, middle, slots.length - 1].map((rank) => steps.map((shares) => shares[rank] ?? 0));
}

function transpose(rows: readonly number[][]): number[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
