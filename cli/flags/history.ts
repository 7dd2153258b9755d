import { metricNames } from '../../reports/analysis/history-metrics.js';
import type { Flag } from '../flag.js';
import { listOf, oneOf } from '../values.js';

/** What `bench history` follows. */
export const historyFlags = {
  metric: {
    group: 'History',
    value: 'list',
    default: 'throughput,p99',
    description: 'what to follow: throughput, p50, p99 (response time), cpu, jain',
    list: 'set',
    choices: () => metricNames,
    parse: listOf(oneOf(metricNames)),
  },
} as const satisfies Record<string, Flag>;
