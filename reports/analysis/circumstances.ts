import type { Facts, HistoryRun } from './history-run.js';

/** Something that should be the same in every run and is not. */
export interface Difference {
  what: string;
  values: { value: string; runs: number[] }[];
}

/** Something that was another at a run than at the run before it. */
export interface Boundary {
  what: string;
  before: string;
  after: string;
  /** The first run that has it so, from 1. */
  run: number;
}

const none = 'none';

export function differences(runs: readonly HistoryRun[]): Difference[] {
  const names = [...new Set(runs.flatMap(({ facts }) => Object.keys(facts)))];
  return names.flatMap((what) => {
    const byValue = new Map<string, number[]>();
    runs.forEach(({ facts }, index) => {
      const value = facts[what] ?? none;
      byValue.set(value, [...(byValue.get(value) ?? []), index + 1]);
    });
    const values = [...byValue].map(([value, numbers]) => ({ value, runs: numbers }));
    return values.length > 1 ? [{ what, values }] : [];
  });
}

/** What is another in `after` than in `before`. */
export function boundariesBetween(before: Facts, after: Facts, run: number): Boundary[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((what) => ({ what, before: before[what] ?? none, after: after[what] ?? none, run }))
    .filter((boundary) => boundary.before !== boundary.after);
}
