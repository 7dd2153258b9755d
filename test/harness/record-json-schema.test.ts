import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';
import { readRun } from '../../harness/read-run.js';
import { planSchema } from '../../harness/record.js';
import { recordDescriptions } from '../../harness/record-descriptions.js';
import { recordJsonSchema } from '../../harness/record-json-schema.js';
import { summarize } from '../../reports/analysis/summary.js';
import { renderTerminal } from '../../reports/render/terminal.js';
import { mainPath } from '../helpers/bench.js';
import { fixture } from '../helpers/fixture.js';
import { runOne } from '../helpers/trials.js';
import { buildRun } from '../reports/build-run.js';

const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(recordJsonSchema());
const oldest = fixture('records/v1.json');

test('the package has the schema', (t) => {
  const shipped = new URL('../record.schema.json', `file://${mainPath}`);
  t.deepEqual(JSON.parse(readFileSync(shipped, 'utf8')), JSON.parse(JSON.stringify(recordJsonSchema())));
});

interface Described {
  description?: string;
  properties?: Record<string, Described>;
  items?: Described;
  additionalProperties?: Described;
  anyOf?: Described[];
}

test('every field of it says what it means, and that of its own part', (t) => {
  const schema = recordJsonSchema() as Described;
  const silent: string[] = [];
  const walk = ({ properties = {}, items, additionalProperties, anyOf = [] }: Described, path: string) => {
    for (const [name, field] of Object.entries(properties)) {
      if (!field.description) silent.push(`${path}.${name}`);
      walk(field, `${path}.${name}`);
    }
    for (const inner of [items, additionalProperties, ...anyOf]) if (inner) walk(inner, path);
  };
  walk(schema, '');
  t.deepEqual(silent, []);

  const trial = schema.properties?.trials?.items?.properties;
  const worker = trial?.workers?.items?.properties;
  t.is(worker?.pid?.description, recordDescriptions.Worker.pid);
  t.is(worker?.exit?.properties?.signal?.description, recordDescriptions.Worker['exit.signal']);
  t.is(trial?.front?.items?.properties?.pid?.description, recordDescriptions.Trial['front[].pid']);
  t.is(trial?.scenario?.properties?.stuck?.description, recordDescriptions.Scenario.stuck);
  const nodes = schema.properties?.environment?.properties?.nodes;
  t.is(
    nodes?.additionalProperties?.properties?.path?.description,
    recordDescriptions.Environment['nodes.*.path'],
  );
  const sides = schema.properties?.plan?.properties?.sides?.anyOf?.[0]?.properties;
  t.is(sides?.base?.description, recordDescriptions.Plan['sides.base']);
});

test.serial('what is measured fits it, with fields that it does not name too', async (t) => {
  const trial = await runOne(t, { requests: 50 });
  const run = JSON.parse(JSON.stringify({ ...buildRun([trial]), later: 1 }));

  t.true(validate(run), JSON.stringify(validate.errors));
  t.false(validate({ ...run, trials: [{ ...trial, workers: 2 }] }));
  t.false(validate({ ...run, startedAt: undefined }));
});

/** It is never written anew: files that somebody has kept must be read. */
test('a record of the first kind fits it, is read with what its plan does not say, and is shown', async (t) => {
  t.true(validate(JSON.parse(readFileSync(oldest, 'utf8'))), JSON.stringify(validate.errors));

  const run = await readRun(oldest);
  t.deepEqual(planSchema.parse(run.plan), run.plan);
  t.deepEqual(
    summarize(run).map(({ cell, validTrials }) => [cell.policy, validTrials]),
    [
      ['rr', 2],
      ['shared', 2],
    ],
  );
  t.regex(
    renderTerminal(run, { columns: 80, color: false }),
    /── against rr ─+ paired by block · 2 pairs ──/,
  );
});
