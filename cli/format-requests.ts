import { usageError } from '../harness/errors.js';
import { type Format, hasParts, type TextFormat } from '../reports/render/formats/format.js';
import { formats } from '../reports/render/formats/index.js';
import type { FormatRequest } from './flags/output.js';
import type { Options } from './options.js';
import { oneLine } from './values.js';

/** What `--format` and its short ways ask for. */
export function requestsIn({ format = [], html }: Pick<Options, 'format' | 'html'>): FormatRequest[] {
  return [...format, ...(html === undefined ? [] : [html])];
}

/**
 * The same where `--output` is no record's, but where the one format goes that has no file.
 * @throws BenchError exit code 2 where there is none such, or more than one
 */
export function requestsWithOutput(options: Pick<Options, 'format' | 'html' | 'output'>): FormatRequest[] {
  const { output } = options;
  const requests = requestsIn(options);
  if (output === undefined) return requests;
  const [open, ...others] = requests.filter(({ file }) => file === undefined);
  if (open === undefined || others.length > 0)
    throw usageError(
      'bad-option',
      oneLine(
        open === undefined
          ? `--output ${output}: no format is to go there; say which, such as --format markdown --output ${output}`
          : `--output ${output}: one format can go there; write --format ${open.format}=${output}`,
      ),
    );
  const given = `${open.given} --output ${output}`;
  return requests.map((request) => (request === open ? { ...request, file: output, given } : request));
}

/** What takes the place of the report on stdout: a format that is asked for by itself, is one text and has no file. */
export function formatForStdout(
  [only, ...others]: readonly FormatRequest[],
  { json }: Pick<Options, 'json'>,
): TextFormat | undefined {
  if (json || only === undefined || only.file !== undefined || others.length > 0) return undefined;
  const format = formatNamed(only.format);
  return hasParts(format) ? undefined : format;
}

/** The format of that name. Names are checked where options are read; an unknown one here is a bug. */
export function formatNamed(name: string): Format {
  const format = formats.find((candidate) => candidate.name === name);
  if (format === undefined) throw new TypeError(`no format is called ${name}`);
  return format;
}
