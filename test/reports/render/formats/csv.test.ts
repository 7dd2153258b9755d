import test from 'ava';
import { csv } from '../../../../reports/render/formats/csv.js';
import { textsOf } from '../../../helpers/formats.js';
import { hostile, records } from '../../records.js';

/** RFC 4180, strictly: nothing but a quoted field has a quote, a comma or a line end in it. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const [match, quoted, bare = '', end] = field.exec(text) ?? [];
    if (match === undefined) throw new Error(`no CSV at ${text.slice(0, 20)}…`);
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end !== ',' && field.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

async function tables(run: (typeof records)[keyof typeof records]) {
  const [trials, cells] = await textsOf(csv, run);
  return { trials: rowsOf(trials?.text ?? ''), cells: rowsOf(cells?.text ?? '') };
}

test('every row has a field for each name, and a text is back as it was but for what makes a formula of it', async (t) => {
  const { trials, cells } = await tables(records['hostile names']);
  for (const [names = [], ...rows] of [trials, cells]) {
    t.is(new Set(names).size, names.length);
    for (const row of rows) {
      t.is(row.length, names.length);
      for (const value of row) if (!Number.isFinite(Number(value))) t.notRegex(value, /^[=+\-@\t\r]/);
    }
    t.is(rows[0]?.[names.indexOf('cell.policy')], `'${hostile}`);
  }
});

test('there is a row for each trial and slot, an idle one too, and one for each cell', async (t) => {
  const { trials, cells } = await tables(records['a scenario that ended a worker']);
  const [names = [], ...rows] = trials;
  const of = (name: string) => rows.map((row) => row[names.indexOf(name)]);
  t.deepEqual(of('slot'), ['0', '1', '2']);
  t.deepEqual(of('slot.connections'), ['800', '200', '0']);
  t.is(cells.length, 2);
});

test('what there is not is an empty field', async (t) => {
  const [names = [], row = []] = (await tables(records['no valid trial'])).cells;
  t.is(row[names.indexOf('throughput.median')], '');
  t.is(row[names.indexOf('validTrials')], '0');
});
