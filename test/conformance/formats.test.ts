/** Every format of every kind of record, what users write in names among it. */
import test from 'ava';
import { compareRuns } from '../../reports/analysis/comparison/of-files.js';
import { familyAlpha } from '../../reports/analysis/comparison/stopping.js';
import { type Format, hasParts } from '../../reports/render/formats/format.js';
import { formats } from '../../reports/render/formats/index.js';
import { textsOf } from '../helpers/formats.js';
import { alwaysWhere } from '../helpers/thorough.js';
import { hostile, records } from '../reports/records.js';

test('formats have names and extensions of their own, and a summary of half a line', (t) => {
  t.is(new Set(formats.map(({ name }) => name)).size, formats.length);
  t.is(new Set(formats.map(({ extension }) => extension)).size, formats.length);
  for (const { name, extension, summary } of formats) {
    t.regex(name, /^[a-z]+$/);
    t.regex(extension, /^[a-z]+$/);
    t.true(summary.length <= 75 && !summary.endsWith('.'), summary);
  }
});

/** Charts take long to draw: what is alike in all of them is left to CI. */
const isDrawn = ({ name }: Format) => ['html', 'svg'].includes(name);

for (const format of formats)
  for (const [what, run] of Object.entries(records))
    alwaysWhere(!isDrawn(format) || what === 'hostile names')(
      `${format.name}: a run of ${what} ends with a line, and has no figure that is none`,
      async (t) => {
        const texts = await textsOf(format, run);
        t.true(hasParts(format) || texts.length === 1);
        for (const { text } of texts) {
          t.regex(text, /[^\n]\r?\n$/);
          // A page's script is a library's.
          const own = text.replaceAll(hostile, '').replace(/<script>.*?<\/script>/s, '');
          t.notRegex(own, /\b(NaN|undefined|Infinity)\b|\[object /);
        }
      },
    );

for (const format of formats)
  test(`${format.name}: the same record gives the same, and is left as it was`, async (t) => {
    const run = records['several cells'];
    const before = JSON.stringify(run);
    const first = await textsOf(format, run);

    t.true(first.length > 0);
    t.deepEqual(await textsOf(format, run), first);
    t.is(JSON.stringify(run), before);
  });

const criteria = { gate: ['throughput', 'p99'], minEffect: 0.05, alpha: familyAlpha };

for (const format of formats)
  if (!hasParts(format) && format.renderComparison)
    test(`${format.name}: so are two runs, whatever their files are called`, async (t) => {
      for (const what of ['several cells', 'no valid trial', 'hostile names'] as const) {
        const found = compareRuns(records[what], records[what], criteria);
        const text = await format.renderComparison?.({
          ...{ base: hostile, candidate: 'b.json', minEffect: 0.05 },
          ...found,
        });
        t.regex(String(text), /[^\n]\n$/);
        t.notRegex(String(text), /\b(NaN|undefined|Infinity)\b|\[object /);
        if (format.extension !== 'json') t.notRegex(String(text), /<img/);
      }
    });
