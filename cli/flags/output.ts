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
  if (file === '-')
    refuse(name, value, `a file after ${format}=; bench report FILE ${name} ${format} has it on stdout`);
  return [{ ...request, file }];
};

/** A file by its name: `-` is none, and what it would mean elsewhere has another way. */
function fileName(example: string, onStdout: string): Parse<string> {
  const expected = `a file, such as ${example}`;
  return (value, name) =>
    value === '-' ? refuse(name, value, `${expected}; ${onStdout}`) : text(expected)(value, name);
}

const htmlFile = fileName('report.html', 'bench report FILE --format html has it on stdout');

/** What becomes of the record. */
export const outputFlags = {
  output: {
    group: 'Output',
    alias: 'o',
    value: 'file',
    default: 'bench-results/<time>.json',
    description: 'where the record goes',
    of: {
      report: { description: 'where what --format names goes, in place of stdout', default: undefined },
      compare: { description: 'where what --format names goes, in place of stdout', default: undefined },
    },
    often: true,
    parse: fileName('main.json', '--json has the record on stdout'),
  },
  format: {
    group: 'Output',
    value: 'name[=file]',
    description: 'the report in another format too; without a file, beside the record; may be repeated',
    of: {
      report: { description: 'in another format: on stdout, or in a file; may be repeated' },
      compare: {
        description: 'as markdown, junit or json: on stdout, or in a file; may be repeated',
        names: undefined,
      },
    },
    names: 'formats',
    often: true,
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
  json: {
    group: 'Output',
    description: 'the record on stdout, and nothing else there',
    of: {
      compare: { description: 'the comparison as JSON on stdout' },
      history: { description: 'all of it as JSON on stdout' },
      inspect: { description: 'all of it as JSON on stdout' },
      doctor: { description: 'all of it as JSON on stdout' },
    },
  },
  quiet: { group: 'Output', description: 'no progress and no notes on stderr' },
  color: {
    group: 'Output',
    negated: true,
    description: 'plain text, as in a pipe or with NO_COLOR; --color, or FORCE_COLOR: never plain',
  },
} as const satisfies Record<string, Flag>;
