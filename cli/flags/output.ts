import type { Flag, Known } from '../flag.js';
import { oneOf, type Parse, refuse, text } from '../values.js';
import { namesOf } from './compare.js';

/** A format that was asked for. */
export interface FormatRequest {
  format: string;
  /** Without one it is for stdout, or stands beside the record. */
  file?: string;
  /** As the user wrote it, for messages. */
  given: string;
}

const oneFormat = (name: string, flag: string, { formats }: Known) => oneOf(namesOf(formats))(name, flag);

const request = (value: string, name: string, known: Known): FormatRequest[] => {
  const [format = '', ...rest] = value.split('=');
  const request = { format: oneFormat(format, name, known), given: `${name} ${value}` };
  if (rest.length === 0) return [request];
  const file = rest.join('=');
  if (file === '') refuse(name, value, `a file after ${format}=, or ${format} alone`);
  return [{ ...request, file }];
};

const htmlFile: Parse<string> = text('a file, such as report.html');

/** What becomes of the record. */
export const outputFlags = {
  output: {
    group: 'Output',
    alias: 'o',
    value: 'file',
    default: 'bench-results/<time>.json',
    description: 'where the record goes; of bench report, the one format',
    parse: text('a file, such as main.json'),
  },
  format: {
    group: 'Output',
    value: 'name[=file]',
    description: 'the report in one of the formats below too; without a file, beside the record; repeatable',
    list: 'sequence',
    choices: ({ formats }) => namesOf(formats),
    parse: request,
  },
  html: {
    group: 'Output',
    value: 'file',
    description: 'the same as --format html=<file>',
    parse: (value, name, known): FormatRequest => {
      const file = htmlFile(value, name);
      return { format: oneFormat('html', name, known), file, given: `${name} ${value}` };
    },
  },
  json: { group: 'Output', description: 'the record on stdout, and nothing else there' },
  quiet: { group: 'Output', description: 'no progress and no notes on stderr' },
  color: {
    group: 'Output',
    negated: true,
    description: 'plain text; so does NO_COLOR, or a pipe',
  },
} as const satisfies Record<string, Flag>;
