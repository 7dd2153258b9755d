/** What every format makes of records that are kept; `UPDATE_GOLDEN=1` writes the files anew. */
import test from 'ava';
import { readRun } from '../../../../harness/read-run.js';
import { formats } from '../../../../reports/render/formats/index.js';
import { fixture } from '../../../helpers/fixture.js';
import { textsOf } from '../../../helpers/formats.js';
import { golden } from '../../../helpers/golden.js';

/** Pages and pictures are looked at in a browser (html-browser.test.ts). */
const texts = formats.filter(({ name }) => !['html', 'svg'].includes(name));

for (const record of ['v1', 'ab'])
  for (const format of texts)
    test(`${format.name} of ${record}.json is as it is kept`, async (t) => {
      for (const { name, text } of await textsOf(format, await readRun(fixture(`records/${record}.json`))))
        golden(
          t,
          [record, ...(name === '' ? [] : [name.replace(', ', '-')]), format.extension].join('.'),
          text,
        );
    });
