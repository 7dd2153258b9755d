import * as z from 'zod';

const wholeNumber = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;

/**
 * Rows of counts: as `z.array(z.array(z.int().nonnegative()))`, and the same in the JSON Schema. A long run has a million of
 * these numbers, and zod takes longer for one by one than for all else.
 */
export const countRows = z
  .any()
  .check(({ value, issues }) => {
    const wrong = firstWrong(value);
    if (wrong !== undefined) issues.push({ code: 'custom', input: value, ...wrong });
  })
  .meta({ type: 'array', items: { type: 'array', items: wholeNumber } }) as unknown as z.ZodType<number[][]>;

function firstWrong(rows: unknown): { path: number[]; message: string } | undefined {
  if (!Array.isArray(rows)) return { path: [], message: expected('array', rows) };
  for (const [at, row] of rows.entries()) {
    if (!Array.isArray(row)) return { path: [at], message: expected('array', row) };
    const index = row.findIndex((count) => !(Number.isSafeInteger(count) && count >= 0));
    if (index >= 0) return { path: [at, index], message: expected('a whole number from 0', row[index]) };
  }
  return undefined;
}

function expected(what: string, value: unknown): string {
  return `Invalid input: expected ${what}, received ${JSON.stringify(value)?.slice(0, 40)}`;
}
