import { verdictDefaults } from '../../harness/verdict-defaults.js';
import type { Flag } from '../flag.js';
import { listOf, oneOf, type Parse, refuse } from '../values.js';
import { namesOf, onePolicy } from './compare.js';

/** Known here too, since the metrics would be slow to import; a test holds them against each other. */
export const metricNames = ['throughput', 'p50', 'p99', 'fairness', 'cpu', 'memory'] as const;

const shareExpected = 'a percentage from 0% to 100%, such as 5%';

/** `5%` → 0.05. */
const share: Parse<number> = (text, name) => {
  const [, digits = ''] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  const value = digits === '' ? Number.NaN : Number(digits) / 100;
  return value <= 1 ? value : refuse(name, text, shareExpected);
};

/** What is better, and what worse. */
export const verdictFlags = {
  reference: {
    group: 'What to compare',
    value: 'policy',
    default: 'the first policy',
    description: 'what the other policies are compared with',
    choices: ({ policies }) => namesOf(policies),
    parse: onePolicy,
  },
  gate: {
    group: 'Pass or fail',
    value: 'list',
    default: verdictDefaults.gate.join(','),
    description: 'metrics that decide: throughput, p50, p99, fairness, cpu, memory',
    list: 'set',
    choices: () => metricNames,
    parse: listOf(oneOf(metricNames)),
  },
  'min-effect': {
    group: 'Pass or fail',
    value: 'share',
    default: `${verdictDefaults.minEffect * 100}%`,
    description: 'the least change that matters',
    parse: share,
  },
  'allow-different': {
    group: 'Pass or fail',
    description: 'compare two files though machine, Node, bench or load differ',
  },
} as const satisfies Record<string, Flag>;
