/** What definitions of the user's own, of policies and of workloads, have in common. */
import { type Stats, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { usageError } from './errors.js';
import { systemReason } from './system-error.js';

/** It stands in lists, in thresholds and in the names of files. */
const nameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.+-]{0,59}$/,
    'expected at most 60 letters, digits and . _ + -, the first a letter or a digit',
  );

/** What every definition has. */
export const namedShape = { name: nameSchema, summary: z.string().optional() };
/** A function, of whose type only the compiler knows. */
export const callable = z.custom<never>((value) => typeof value === 'function', 'expected a function');
export const fileSchema = z.union(
  [z.string().min(1), z.custom<URL>((value) => value instanceof URL && value.protocol === 'file:')],
  'expected a path or a file: URL',
);

/** A path as it was named, or of a URL. One that is relative is from the working folder. */
export function namedPath(file: string | URL): string {
  return file instanceof URL ? fileURLToPath(file) : file;
}

/**
 * What a definition says must be as its type says, since it may come from JavaScript.
 * @param told how messages call it, as `--policy ./own.mjs`
 * @throws BenchError `bad-definition`, exit code 2
 */
export function assertDefined(schema: z.ZodType, definition: unknown, told: string): void {
  const issue = schema.safeParse(definition).error?.issues[0];
  if (issue === undefined) return;
  const where = issue.path.length === 0 ? [] : [issue.path.join('.')];
  throw usageError('bad-definition', [told, ...where, issue.message].join(': '));
}

/**
 * Call a function of a definition.
 * @throws BenchError `bad-definition`, exit code 2, where it throws
 */
export function called<T>(told: string, name: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const line = String(error).split('\n', 1)[0];
    throw usageError('bad-definition', `${told}: ${name}() threw ${line}`, error);
  }
}

/** @throws BenchError `no-module`, exit code 2, where there is none such */
export function assertFile(file: string, told: string, wayOut: string): void {
  const refuse = (why: string) => usageError('no-module', `${told}: ${why}. ${wayOut}`);
  let found: Stats | undefined;
  try {
    found = statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw refuse(`it cannot be read (${systemReason(error)})`);
  }
  if (found === undefined) throw refuse('there is no such file');
  if (!found.isFile()) throw refuse('it is no file');
}
