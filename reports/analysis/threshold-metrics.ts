import type { ThresholdRecord } from '../../harness/record.js';
import type { Verdict } from './fairness.js';
import type { Fairness } from './fairness-summary.js';
import type { LatencyKind, LatencySummary } from './latency-summary.js';
import type { CellSummary } from './summary.js';

/** What a threshold may be about. */
export interface ThresholdMetric {
  name: string;
  unit: ThresholdRecord['unit'];
  /** null: this cell does not have it. */
  read(cell: CellSummary): number | Verdict | null;
  /** What `floor` stands for; absent where chance says nothing of it. */
  floor?(cell: CellSummary): number | null;
}

const percentiles = {
  p50: 'p50',
  p90: 'p90',
  p99: 'p99',
  'p99.9': 'p99_9',
  max: 'max',
} as const satisfies Record<string, keyof LatencySummary>;

const indices = {
  jain: 'ratio',
  effectiveWorkers: 'number',
  maxOverMean: 'number',
  gini: 'ratio',
  coefficientOfVariation: 'ratio',
  idleWorkers: 'number',
} as const satisfies Partial<Record<keyof Fairness, ThresholdRecord['unit']>>;

/** Over the valid trials of a cell: medians, percentiles of all of them together, `errors` their sum. */
export const thresholdMetrics: readonly ThresholdMetric[] = [
  ...latency('', 'response'),
  { name: 'throughput', unit: '1/s', read: ({ throughput }) => throughput.median },
  { name: 'errors', unit: 'number', read: ({ errors }) => errors },
  { name: 'cpu', unit: 'us', read: ({ cpuPerExchange }) => cpuPerExchange?.median ?? null },
  ...latency('response.', 'response'),
  ...latency('connect.', 'connect'),
  ...latency('firstByte.', 'firstByte'),
  ...latency('service.', 'service'),
  ...fairness('connections'),
  ...besideChance('connections'),
  ...fairness('requests'),
  ...besideChance('requests'),
  ...fairness('cpu'),
];

function latency(prefix: string, kind: LatencyKind): ThresholdMetric[] {
  return Object.entries(percentiles).map(([name, field]) => ({
    name: prefix + name,
    unit: 'us',
    read: (cell) => cell.latency[kind]?.[field] ?? null,
  }));
}

type Distribution = 'connections' | 'requests' | 'cpu';

function fairness(of: Distribution): ThresholdMetric[] {
  return (Object.keys(indices) as (keyof typeof indices)[]).map((index) => ({
    name: `fairness.${of}.${index}`,
    unit: indices[index],
    read: (cell) => cell.fairness[of]?.[index]?.median ?? null,
    // CPU seconds are no draw, which leaves them without what chance would do.
    ...(of !== 'cpu' &&
      (index === 'jain' || index === 'maxOverMean') && {
        floor: (cell: CellSummary) => cell.fairness[of]?.randomFloor[index]?.median ?? null,
      }),
  }));
}

function besideChance(of: Exclude<Distribution, 'cpu'>): ThresholdMetric[] {
  return [
    {
      name: `fairness.${of}.chiSquarePerDf`,
      unit: 'number',
      read: (cell) => cell.fairness[of]?.chiSquarePerDf?.median ?? null,
    },
    {
      name: `fairness.${of}.verdict`,
      unit: 'verdict',
      read: (cell) => cell.fairness[of]?.verdict ?? null,
    },
  ];
}
