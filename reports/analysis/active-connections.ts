import type { TrialRecord } from '../../harness/record.js';
import { jainOf } from './fairness.js';
import { type Spread, spread } from './statistics.js';
import { expectedJain } from './windowed-jain.js';

/** How evenly the open connections lay on the workers while a trial ran. */
export interface ActiveFigures<Figure> {
  /** Open connections, the mean over the intervals. */
  open: Figure;
  /** Jain's index of the open connections, the mean over the intervals. */
  jain: Figure;
  /** The same if each open connection had picked its worker at random. */
  expectedJain: Figure;
}

/**
 * Over the intervals of the timeline at whose end any connection was open. The expectation is that of as many as were
 * open each time, n on k: {@link expectedJain}. There is no p, since neighbouring intervals share their connections.
 *
 * Undefined for one worker, and unless connections live for an interval on average: Little's law makes their mean life
 * Σ open × interval ÷ connections. What lives for less is seen by chance. The last interval is left out: it ends
 * with the drain.
 */
export function activeConnections({
  timeline,
  workers,
}: Pick<TrialRecord, 'timeline' | 'workers'>): ActiveFigures<number> | undefined {
  const slots = timeline.active;
  const opened = workers.reduce((sum, { connections }) => sum + connections, 0);
  const intervals = (slots[0] ?? [])
    .slice(0, -1)
    .map((_, interval) => slots.map((row) => row[interval] ?? 0))
    .map((open) => ({ open, total: open.reduce((sum, count) => sum + count, 0) }))
    .filter(({ total }) => total > 0);
  const open = intervals.reduce((sum, { total }) => sum + total, 0);
  if (slots.length < 2 || intervals.length === 0 || open < opened) return undefined;
  const totals = new Set(intervals.map(({ total }) => total));
  const expected = new Map([...totals].map((total) => [total, expectedJain(total, slots.length)]));
  const mean = (value: (each: (typeof intervals)[number]) => number) =>
    intervals.reduce((sum, each) => sum + value(each), 0) / intervals.length;
  return {
    open: open / intervals.length,
    jain: mean(({ open }) => jainOf(open) ?? 0),
    expectedJain: mean(({ total }) => expected.get(total) ?? 0),
  };
}

/** Over the trials that have it; undefined when none has. */
export function summarizeActive(valid: readonly TrialRecord[]): ActiveFigures<Spread> | undefined {
  const trials = valid.flatMap((trial) => activeConnections(trial) ?? []);
  if (trials.length === 0) return undefined;
  const over = (figure: keyof ActiveFigures<number>) =>
    spread(trials.map((trial) => trial[figure])) as Spread;
  return { open: over('open'), jain: over('jain'), expectedJain: over('expectedJain') };
}
