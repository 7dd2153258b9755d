import type { Flag } from '../flag.js';
import { threshold } from '../thresholds.js';
import { each, listOf, oneOf, refuse } from '../values.js';
import { policyAliases } from './compare.js';

/** What `--fail-on` may name. */
export const failures = ['worse', 'threshold', 'invalid', 'inconclusive'] as const;
export type Failure = (typeof failures)[number];

const failOnChoices = [...failures, 'none'] as const;

/** What makes bench fail on what it has measured. */
export const gateFlags = {
  threshold: {
    group: 'Pass or fail',
    value: 'condition',
    description: "what every cell must meet, or one policy's: 'p99<20ms', 'rr:errors==0'; may be repeated",
    of: { report: { description: "in place of the run's own: 'p99<20ms', 'rr:errors==0'; may be repeated" } },
    often: true,
    list: 'sequence',
    parse: each(threshold(policyAliases)),
  },
  'fail-on': {
    group: 'Pass or fail',
    value: 'list',
    default: 'worse,threshold,invalid',
    description: `what the exit code tells of: ${failures.join(', ')}; or none`,
    of: { report: { default: 'none, unless --threshold is given' } },
    list: 'set',
    choices: () => failOnChoices,
    parse: (text, name) => {
      const named = listOf(oneOf(failOnChoices))(text, name);
      if (named.includes('none') && named.length > 1)
        refuse(name, text, 'none by itself, or what to fail on');
      return named.filter((one) => one !== 'none');
    },
  },
} as const satisfies Record<string, Flag>;
