/** examples/reports is what bench makes of the record there; its README has the commands that make it anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { formats } from '../../reports/render/formats/index.js';
import { workspace } from '../helpers/bench.js';
import { blocksOf, root, textOf } from '../helpers/pages.js';

const folder = path.join(root, 'examples', 'reports');
const kept = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const record = path.join(folder, 'run.json');

test('the terminal’s report and every text of the example are what bench makes of its record', async (t) => {
  const { bench, cwd } = await workspace(t);
  t.is((await bench(['report', record])).stdout, kept('run.txt'));
  await copyFile(record, path.join(cwd, 'run.json'));
  const wanted = ['markdown', 'csv', 'junit', 'hgrm', 'svg=svg/run'].flatMap((name) => ['--format', name]);
  const { code, stderr } = await bench(['report', 'run.json', ...wanted]);
  t.is(code, 0, stderr);
  const made = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter(
    (name) => path.extname(name) !== '',
  );
  t.deepEqual(
    made.toSorted(),
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /run\..*/.test(name) && !/(txt|html)$/.test(name))
      .toSorted(),
  );
  // Of pictures the one that the README shows: how the others look is tried in a browser.
  for (const name of made.filter((each) => !each.endsWith('.svg') || each.endsWith('overview.svg')))
    t.is(readFileSync(path.join(cwd, name), 'utf8'), kept(name), name);
});

test('the record of the example is its own json format, and every format is there', async (t) => {
  const { bench } = await workspace(t);
  // A difference of megabytes would be nothing to read.
  t.true((await bench(['report', record, '--format', 'json'])).stdout === kept('run.json'));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const { name, extension } of formats)
    t.true(
      files.some((file) => file.endsWith(`.${extension}`)),
      name,
    );
});

test('what the example says of the machine that it was made on names no home and no temporary folder', (t) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => path.extname(name) !== '',
  );
  for (const name of files) t.notRegex(kept(name), /(?<![\w/])\/(home|root|tmp|work|Users)\//, name);
});

test('the README shows the example as it is, but for what it marks as left out', (t) => {
  const [shown = ''] = blocksOf('README.md', 'text');
  const [, ...parts] = shown.split(/^⋮\n/m);
  t.true(parts.length > 1);
  let from = 0;
  for (const part of parts.map((text) => text.trim())) {
    const at = kept('run.txt').indexOf(part, from);
    t.true(at >= from, part.slice(0, 200));
    from = at + part.length;
  }
  t.true(textOf('README.md').includes('src="examples/reports/svg/run.overview.svg"'));
});
