import type { TrialRecord } from '../../../harness/record.js';
import { jainOf } from '../fairness.js';
import { perSlot } from '../slots.js';

/** A figure of one trial by which two cells are compared, as the ratio of candidate to base. */
export interface Metric {
  name: string;
  better: 'higher' | 'lower';
  unit: 'per second' | 'us' | 'bytes' | 'index';
  /** For people. */
  what: string;
  /** Above 0; null where this trial has no such figure. */
  of(trial: TrialRecord): number | null;
}

const serverProcesses = ({ front, workers }: TrialRecord) => [...front, ...workers];
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const positive = (value: number | null | undefined) =>
  value != null && Number.isFinite(value) && value > 0 ? value : null;

/** Every metric, in the order in which they are shown. */
export const metrics: readonly Metric[] = [
  {
    name: 'throughput',
    better: 'higher',
    unit: 'per second',
    what: 'completed by the deadline ÷ seconds',
    of: ({ client, measuredSeconds }) => positive(client.completedByDeadline / measuredSeconds),
  },
  latencyMetric('p50'),
  latencyMetric('p99'),
  {
    name: 'fairness',
    better: 'higher',
    unit: 'index',
    what: "Jain's index of connections",
    of: (trial) => positive(jainOf(perSlot(trial, 'connections'))),
  },
  {
    name: 'cpu',
    better: 'lower',
    unit: 'us',
    what: 'CPU of all server processes per exchange',
    of: (trial) =>
      positive(
        (sum(serverProcesses(trial).map(({ cpuSeconds }) => cpuSeconds)) * 1e6) /
          trial.client.requestsCompleted,
      ),
  },
  {
    name: 'memory',
    better: 'lower',
    unit: 'bytes',
    what: 'greatest resident set of each server process, all together',
    of: (trial) => positive(sum(serverProcesses(trial).map(({ maxRssBytes }) => maxRssBytes))),
  },
];

function latencyMetric(name: 'p50' | 'p99'): Metric {
  return {
    name,
    better: 'lower',
    unit: 'us',
    what: 'response time',
    of: ({ latency: { response } }) => (response && response.count > 0 ? positive(response[name]) : null),
  };
}
