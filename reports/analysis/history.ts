import { usageError } from '../../harness/errors.js';
import type { Cell } from '../../harness/record.js';
import { fewestValues, permutations, shortestSegment, significance } from './change-points.js';
import { type Difference, differences } from './circumstances.js';
import { type CellOverRuns, cellsOverRuns, labelAmong, sharedFields } from './history-cells.js';
import type { MetricName } from './history-metrics.js';
import type { Facts, HistoryCell, HistoryRun } from './history-run.js';
import { isInvalid, type Series, seriesOf } from './history-series.js';

export interface HistoryOptions {
  metrics: readonly MetricName[];
  /** Undefined for all. */
  policies?: readonly string[] | undefined;
  /** Of the permutations. Every series begins with it, so that none depends on which others are shown. */
  seed: number;
}

export const historyDefaults = {
  metrics: ['throughput', 'p99'],
  /** Any will do; the same every time, so that the same files give the same answer. */
  seed: 1,
} as const satisfies HistoryOptions;

/** What `bench history` shows. Runs are numbered from 1, by when they began. */
export interface History {
  runs: { run: number; file: string; startedAt: string; facts: Facts }[];
  /** Files left out, since they hold a run that another holds too. */
  copies: string[];
  method: typeof method & { seed: number };
  /** What all cells have in common. */
  shared: string[];
  cells: CellHistory[];
  /** Cells that one run alone has, by their labels. */
  alone: string[];
  differences: Difference[];
}

export interface CellHistory {
  label: string;
  cell: Cell;
  /** Runs without a figure of it. */
  gaps: Gap[];
  series: Series[];
}

/** `absent`: the run does not have the cell; else too many of its trials are not valid. */
export type Gap = { run: number } & (
  | { why: 'absent' }
  | { why: 'invalid'; trials: number; validTrials: number }
);

const method = { name: 'E-divisive', permutations, significance, shortestSegment, fewestValues };

/**
 * Follow every cell that two runs have. Only valid trials count, and a run has no figure of a cell of whose trials more than
 * half are not valid.
 * @throws BenchError (exit code 2) where there is nothing to follow
 */
export function describeHistory(read: readonly HistoryRun[], options: HistoryOptions): History {
  const { runs, copies } = inOrder(read);
  const { metrics, policies, seed } = options;
  if (runs.length < 2)
    throw nothing(`${runs[0]?.file}: one run has no history; name the files of two runs at least`);
  const all = cellsOverRuns(runs);
  const asked = all.filter(({ cell }) => policies?.includes(cell.policy) ?? true);
  if (asked.length === 0)
    throw nothing(`--policy ${policies?.join(',')}: no run has it; there are ${names(all)}`);
  const followed = asked.filter(({ overRuns }) => overRuns.filter((found) => found).length > 1);
  if (followed.length === 0)
    throw nothing(
      `these ${runs.length} runs have no cell in common, so there is nothing to follow; name runs of the same policy, ` +
        'workload, workers and connections',
    );
  const cells = asked.map(({ cell }) => cell);
  return {
    runs: runs.map(({ file, startedAt, facts }, index) => ({ run: index + 1, file, startedAt, facts })),
    copies,
    method: { ...method, seed },
    shared: sharedFields(cells),
    cells: followed.map(({ cell, overRuns }) => ({
      label: labelAmong(cell, cells),
      cell,
      gaps: gaps(overRuns),
      series: metrics.map((metric) => seriesOf(metric, overRuns, runs, seed)),
    })),
    alone: asked.filter((one) => !followed.includes(one)).map(({ cell }) => labelAmong(cell, cells)),
    differences: differences(runs),
  };
}

/** By when they began, each once. */
function inOrder(read: readonly HistoryRun[]): { runs: HistoryRun[]; copies: string[] } {
  const sorted = read.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const first = new Map<string, HistoryRun>();
  for (const run of sorted) if (!first.has(run.identity)) first.set(run.identity, run);
  const runs = sorted.filter((run) => first.get(run.identity) === run);
  return { runs, copies: sorted.filter((run) => !runs.includes(run)).map(({ file }) => file) };
}

function gaps(overRuns: readonly (HistoryCell | undefined)[]): Gap[] {
  return overRuns.flatMap((found, index): Gap[] => {
    const run = index + 1;
    if (found === undefined) return [{ run, why: 'absent' }];
    const { trials, validTrials } = found;
    return isInvalid(found) ? [{ run, why: 'invalid', trials, validTrials }] : [];
  });
}

function names(cells: readonly CellOverRuns[]): string {
  return [...new Set(cells.map(({ cell }) => cell.policy))].join(', ');
}

function nothing(message: string) {
  return usageError('no-history', message);
}
