import type { Flag } from '../flag.js';
import { text } from '../values.js';

/** What becomes of the record. */
export const outputFlags = {
  output: {
    group: 'Output',
    alias: 'o',
    value: 'file',
    default: 'bench-results/<time>.json',
    description: 'where the record goes',
    parse: text('a file, such as main.json'),
  },
  json: { group: 'Output', description: 'the record on stdout, and nothing else there' },
  quiet: { group: 'Output', description: 'no progress and no notes on stderr' },
  color: {
    group: 'Output',
    negated: true,
    description: 'plain text; so does NO_COLOR, or a pipe',
  },
} as const satisfies Record<string, Flag>;
