import path from 'node:path';
import test from 'ava';
import { besideRecord, filesOf } from '../../cli/format-files.js';
import { hostile } from '../reports/records.js';

const namesOf = (file: string, ...parts: string[]) =>
  filesOf(
    parts.map((name) => ({ name, text: '' })),
    file,
    { extension: 'csv' },
  ).map(({ name }) => name);

test('a format stands beside its record under the name of that, and beside a journal too', (t) => {
  const md = { extension: 'md' };
  t.is(besideRecord('results/2026-11-21.json', md), 'results/2026-11-21.md');
  t.is(besideRecord('run.journal', md), 'run.md');
  t.is(besideRecord('run.journal.2', md), 'run.md');
  t.is(besideRecord('run', md), 'run.md');
});

test('parts have their names before the extension, which is that of the format where none is given', (t) => {
  t.deepEqual(namesOf('a/run.csv', 'trials', 'rr, 4 workers'), [
    'a/run.trials.csv',
    'a/run.rr-4-workers.csv',
  ]);
  t.deepEqual(namesOf('out', 'trials'), ['out.trials.csv']);
});

test('whatever a part is of, its file stays in its folder and has a name of its own', (t) => {
  const names = namesOf('a/run.csv', '../../x', '/x', './x', hostile, `${hostile}!`, 'y'.repeat(999));
  t.is(new Set(names).size, names.length);
  for (const name of names) {
    t.is(path.dirname(name), 'a');
    t.regex(path.basename(name), /^run\.[\w.+-]{1,105}\.csv$/);
  }
  t.deepEqual(names.slice(0, 3), ['a/run.x.csv', 'a/run.x-2.csv', 'a/run.x-3.csv']);
});
