import type { CellSummary } from './summary.js';

/** One figure of a cell that a history follows over runs; null where it was not measured. */
export interface HistoryMetric {
  of: (summary: CellSummary) => number | null | undefined;
  better: 'higher' | 'lower';
}

/** By the name that `--metric` takes. Each is the figure that a report shows of the cell. */
export const historyMetrics = {
  /** Median over the valid trials, in `throughput.unit`. */
  throughput: { of: ({ throughput }) => throughput.median, better: 'higher' },
  /** Of the response time, from merged histograms, in µs. */
  p50: { of: ({ latency }) => latency.response?.p50, better: 'lower' },
  p99: { of: ({ latency }) => latency.response?.p99, better: 'lower' },
  /** Per exchange, in µs. */
  cpu: { of: ({ cpuPerExchange }) => cpuPerExchange?.median, better: 'lower' },
  /** Of connections. */
  jain: { of: ({ fairness }) => fairness.connections.jain?.median, better: 'higher' },
} as const satisfies Record<string, HistoryMetric>;

export type MetricName = keyof typeof historyMetrics;
export const metricNames = Object.keys(historyMetrics) as MetricName[];
