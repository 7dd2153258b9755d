import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';
import { readRun } from '../../harness/read-run.js';
import { planSchema } from '../../harness/record.js';
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
