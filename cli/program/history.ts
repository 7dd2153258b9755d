import type { RunRecord } from '../../harness/record.js';
import { describeHistory, type History, historyDefaults } from '../../reports/analysis/history.js';
import type { MetricName } from '../../reports/analysis/history-metrics.js';
import { historyRun } from '../../reports/analysis/history-run.js';

export interface HistoryOptions {
  metrics?: readonly MetricName[];
  /** All unless it is said. */
  policies?: readonly string[];
  /** Of the permutations; the same gives the same answer. */
  seed?: number;
}

/**
 * The figures of each cell over many runs, in the order in which those began, and where they changed (E-divisive).
 * @throws BenchError exit code 2 where there is nothing to follow
 */
export function history(
  runs: readonly { file: string; run: RunRecord }[],
  options: HistoryOptions = {},
): History {
  return describeHistory(
    runs.map(({ file, run }) => historyRun(run, file)),
    { ...historyDefaults, ...options },
  );
}
