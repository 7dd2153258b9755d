import * as z from 'zod';
import { usageError } from '../../harness/errors.js';
import { didYouMean } from '../suggest.js';

/** A policy, or a workload. */
export const nameOrDefinition = z.union(
  [z.string(), z.looseObject({ name: z.string() })],
  'expected a name, or a definition with one',
);

/**
 * What a program gives may come from JavaScript: a field that there is none of would be left out without a word.
 * @param told what messages call it, as `plan`
 * @throws BenchError `code`, exit code 2
 */
export function assertGiven(schema: z.ZodObject, given: unknown, told: string, code = 'bad-plan'): void {
  const [issue] = schema.safeParse(given).error?.issues ?? [];
  if (issue === undefined) return;
  const [stranger] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const field = [told, ...issue.path, ...(stranger === undefined ? [] : [stranger])].join('.');
  const names = Object.keys(schema.shape);
  const wrong =
    stranger === undefined
      ? issue.message
      : `there is no such field${didYouMean(stranger, names, `; it has ${names.join(', ')}`)}`;
  throw usageError(code, `${field}: ${wrong}`);
}

/** What is undefined is left out, as TypeScript has it. */
export function said<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}
