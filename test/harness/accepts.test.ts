import test from 'ava';
import fc from 'fast-check';
import * as z from 'zod';
import { accepts } from '../../harness/accepts.js';
import { type RunRecord, runSchema } from '../../harness/record.js';
import { records } from '../reports/records.js';

const acceptsRun = accepts(runSchema);

for (const [name, run] of Object.entries(records))
  test(`a record ${name} is accepted`, (t) => t.true(acceptsRun(JSON.parse(JSON.stringify(run)))));

test('a record that is spoilt in one place is accepted where zod accepts it, and nowhere else', (t) => {
  const texts = Object.values(records).map((run) => JSON.stringify(small(run)));
  const spoiling = fc.constantFrom<unknown>(
    ...[
      undefined,
      null,
      true,
      '',
      'x',
      'closed',
      '2026-11-22T00:00:00Z',
      [],
      ['x'],
      [[1]],
      [[-1]],
      {},
      { a: 1 },
    ],
    ...[0, -0, 1, -1, 0.5, -0.5, 2 ** 53, Number.POSITIVE_INFINITY],
  );
  const place = fc.array(fc.nat(), { minLength: 1, maxLength: 7 });
  const verdicts = { true: 0, false: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...texts), place, spoiling, (text, steps, value) => {
      const run: unknown = JSON.parse(text);
      spoil(run, steps, value);
      const accepted = acceptsRun(run);
      verdicts[`${accepted}`] += 1;
      return accepted === runSchema.safeParse(run).success;
    }),
    { numRuns: 5000 },
  );
  t.true(Math.min(verdicts.true, verdicts.false) > 300, JSON.stringify(verdicts));
});

test('of a kind of schema that it does not know zod is asked', (t) => {
  const schema = z.object({
    keyed: z.record(z.string().min(2), z.int()),
    unknown: z.unknown(),
    pair: z.tuple([z.string(), z.number()]),
    either: z.union([z.number(), z.string()]),
    even: z.int().refine((value) => value % 2 === 0),
    short: z.string().max(3),
    strict: z.strictObject({ a: z.string() }),
  });
  const value = {
    keyed: { ab: 1 },
    unknown: null,
    pair: ['a', 1],
    either: 'b',
    even: 2,
    short: 'abc',
    strict: { a: 'a' },
  };
  t.true(accepts(schema)(value));
  for (const wrong of [
    { pair: ['a'] },
    { either: true },
    { even: 3 },
    { short: 'abcd' },
    { strict: { a: 'a', b: 1 } },
    { keyed: { a: 1 } },
  ])
    t.false(accepts(schema)({ ...value, ...wrong }), JSON.stringify(wrong));
  const { unknown: _, ...without } = value;
  t.is(accepts(schema)(without), schema.safeParse(without).success);
});

/** Long lists and texts have as much to spoil when they are short. */
function small(run: RunRecord): unknown {
  return JSON.parse(JSON.stringify({ ...run, summary: [], trials: run.trials.slice(0, 2) }));
}

/** Puts a value, or with undefined nothing, where the steps lead: each chooses one of what there is. */
function spoil(within: unknown, [step = 0, ...others]: number[], value: unknown): void {
  const holder = within as Record<string, unknown>;
  const names = Object.keys(holder);
  const name = names[step % names.length];
  if (name === undefined) return;
  const inner = holder[name];
  if (others.length > 0 && typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0)
    spoil(inner, others, value);
  else if (value === undefined && Array.isArray(within)) within.splice(Number(name), 1);
  else if (value === undefined) delete holder[name];
  else holder[name] = value;
}
