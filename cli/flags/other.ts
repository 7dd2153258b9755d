import type { Flag } from '../flag.js';
import { text } from '../values.js';

/** What is not part of a plan. */
export const otherFlags = {
  config: {
    group: 'Other',
    value: 'file',
    description: 'JSON with the same names, and app and args; flags win over it',
    parse: text('a JSON file, such as bench.json'),
  },
  help: { group: 'Other', alias: 'h', description: 'show this' },
  version: { group: 'Other', alias: 'V', description: 'show the version of bench' },
} as const satisfies Record<string, Flag>;
