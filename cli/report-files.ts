import fsPromises from 'node:fs/promises';
import path from 'node:path';
import { BenchError, usageError } from '../harness/errors.js';
import { inspectOutput, isStream, type Output, unwritableBecause } from '../harness/output.js';
import type { RunRecord } from '../harness/record.js';
import { replaceFile } from '../harness/replace-file.js';
import { writeStream } from '../harness/stream-output.js';
import { type Format, hasParts, type Part, type Text } from '../reports/render/formats/format.js';
import type { FormatRequest } from './flags/output.js';
import { besideRecord, filesOf } from './format-files.js';
import { formatNamed } from './format-requests.js';
import { print } from './print.js';
import { oneLine } from './values.js';

/** The files that `--format` asks for, where it is known that they can be written. */
export interface ReportFiles {
  /** Never rejects for the disk's sake. */
  write(content: Content): Promise<Written>;
  /** Takes back the folders that were made for them. */
  discard(): Promise<void>;
}

export interface Content {
  of(format: Format): Promise<Text | Part[]>;
  /** Where the record has come to be; without one nothing stands beside it. */
  record?: string;
}

/** A line for each file. */
export interface Written {
  lines: string[];
  failures: string[];
}

/** Which files are spoken for, and by what: names of parts are known only when they are made. */
type Taken = Map<string, string>;

interface Destination {
  request: FormatRequest;
  format: Format;
  /** Where it is to be; of what stands beside the record it is not known yet. */
  output?: Output;
}

/** What the files have beside them. */
export interface Surroundings {
  /** Where the record is, or is to be. */
  record?: string;
  /** What is read, and so must stay. */
  inputs?: readonly string[];
}

/**
 * Look at all that is asked for before there is anything to write, and make its folders.
 * @throws BenchError exit code 2: `output-unwritable`, or `same-file` where two would be written to one file
 */
export async function openReportFiles(
  requests: readonly FormatRequest[],
  { record, inputs = [] }: Surroundings,
): Promise<ReportFiles> {
  const destinations: Destination[] = [];
  let taken: Taken;
  const discard = async () => {
    for (const { output } of destinations)
      if (output?.kind === 'file' && output.newFolder)
        await fsPromises.rmdir(path.dirname(output.path)).catch(() => {});
  };
  try {
    for (const request of requests) destinations.push(await destinationOf(request, record));
    taken = assertApart(
      destinations,
      record && (await realPath(record)),
      await Promise.all(inputs.map(realPath)),
    );
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    discard,
    write: async (content) => {
      const written: Written = { lines: [], failures: [] };
      for (const destination of destinations) await writeOne(destination, content, taken, written);
      return written;
    },
  };
}

/** A run in whatever format. */
export function contentOf(run: RunRecord, record: string): Content {
  return { of: (format) => (hasParts(format) ? format.renderParts(run) : format.render(run)), record };
}

/** What was written, and what was not, on stderr; whether all was. */
export async function tellWritten({ lines, failures }: Written, quiet = false): Promise<boolean> {
  const told = [...(quiet ? [] : lines), ...failures.map((failure) => `bench: ${failure}`)];
  if (told.length > 0) await print(process.stderr, `${told.join('\n')}\n`);
  return failures.length === 0;
}

async function destinationOf(request: FormatRequest, record: string | undefined): Promise<Destination> {
  const format = formatNamed(request.format);
  const { file, given } = request;
  const example = `report.${format.extension}`;
  const refuse = (why: string) => usageError('bad-option', oneLine(`${given}: ${why}`));
  if (file === undefined) {
    if (record === undefined || (await isStream(record, fsPromises)))
      throw refuse(`there is no record for it to stand beside; name a file, such as ${given}=${example}`);
    return { request, format };
  }
  const asked = { given: oneLine(given), example };
  const output = await inspectOutput(file, fsPromises, asked);
  if (output.kind === 'file')
    await fsPromises.access(path.dirname(output.path), fsPromises.constants.W_OK).catch((error) => {
      throw unwritableBecause(file, error, asked);
    });
  else if (hasParts(format))
    throw refuse(`${format.name} makes several files; expected a name for them, such as ${example}`);
  return { request, format, output };
}

function assertApart(
  destinations: readonly Destination[],
  record: string | undefined,
  inputs: readonly string[],
): Taken {
  const taken: Taken = new Map(inputs.map((input) => [input, 'what is compared']));
  if (record !== undefined) taken.set(record, 'the record');
  for (const { request, format, output } of destinations) {
    if (output?.kind === 'stream') continue;
    const target = output?.path ?? besideRecord(record ?? '', format);
    const other = taken.get(target);
    if (other !== undefined)
      throw usageError(
        'same-file',
        oneLine(
          `${request.given}: ${path.relative('', target)} is ${other}; name another file, such as --format ${format.name}=report.${format.extension}`,
        ),
      );
    taken.set(target, `that of ${request.given}`);
  }
  return taken;
}

const realPath = (file: string) => fsPromises.realpath(file).catch(() => path.resolve(file));

async function writeOne(
  { request, format, output }: Destination,
  { of, record }: Content,
  taken: Taken,
  written: Written,
): Promise<void> {
  const file = request.file ?? besideRecord(record ?? '', format);
  for (const { name, text } of filesOf(await of(format), file, format)) {
    const target = await realPath(name);
    const other = name === file ? undefined : taken.get(target);
    if (other !== undefined) {
      written.failures.push(oneLine(`${request.given}: ${name} is ${other}; name another file`));
      continue;
    }
    taken.set(target, `that of ${request.given}`);
    try {
      await write(name === file ? output : undefined, name, text);
      written.lines.push(`${format.name}: ${name}`);
    } catch (error) {
      const { message } =
        error instanceof BenchError ? error : unwritableBecause(name, error, { given: name });
      written.failures.push(oneLine(message + (await wayBack(format, record))));
    }
  }
}

async function wayBack({ name }: Format, record: string | undefined): Promise<string> {
  if (record === undefined || (await isStream(record, fsPromises))) return '';
  return `. bench report ${record} --format ${name}=… makes it anew`;
}

async function write(known: Output | undefined, name: string, text: Text): Promise<void> {
  const output = known ?? (await inspectOutput(name, fsPromises, { given: name, example: name }));
  if (output.kind === 'stream') await writeStream(output.path, text);
  else await replaceFile(output.path, text, output.mode);
}
