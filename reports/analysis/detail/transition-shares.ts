import type { SequenceCounts } from '../../../harness/record.js';

/** To which slot the next connection went, by the slot of the one before. */
export interface TransitionShares {
  /** `0`, `1`, …; with many slots `0–3`, `4–7`, … */
  groups: string[];
  /** `[from][to]`, each row adds up to 1; null where nothing came after an accept of the row. */
  shares: (number[] | null)[];
  /** `[to]`: of a uniform random draw. */
  expected: number[];
}

const mostGroups = 16;

/** Null for one worker, and without two accepts. */
export function transitionShares({ transitions, accepted }: SequenceCounts): TransitionShares | null {
  const slots = transitions.length;
  if (slots < 2 || accepted < 2) return null;
  const size = Math.ceil(slots / mostGroups);
  const groups = Array.from({ length: Math.ceil(slots / size) }, (_, index) => {
    const first = index * size;
    return { first, end: Math.min(slots, first + size) };
  });
  return {
    groups: groups.map(({ first, end }) => (end - first > 1 ? `${first}–${end - 1}` : `${first}`)),
    shares: groups.map((from) => {
      const row = groups.map((to) =>
        sum(transitions.slice(from.first, from.end).map((counts) => sum(counts.slice(to.first, to.end)))),
      );
      const all = sum(row);
      return all > 0 ? row.map((count) => count / all) : null;
    }),
    expected: groups.map(({ first, end }) => (end - first) / slots),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
