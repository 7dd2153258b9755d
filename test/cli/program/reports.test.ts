/** What a program makes of a record: reports, comparisons, verdicts, histories, lists. */
import test from 'ava';
import {
  BenchError,
  compare,
  exitCode,
  exitCodeOf,
  history,
  judge,
  list,
  readRun,
  render,
  renderComparison,
} from '../../../cli/index.js';
import type { ComparisonFormatName, PartsFormatName, TextFormatName } from '../../../cli/program/render.js';
import type { RunRecord } from '../../../harness/record.js';
import { runSchema } from '../../../harness/record.js';
import { hasParts } from '../../../reports/render/formats/format.js';
import { formats } from '../../../reports/render/formats/index.js';
import { fixture } from '../../helpers/fixture.js';

const v1 = await readRun(fixture('records/v1.json'));
const ofTwo = await readRun(fixture('records/ab.json'));

/** What each begins with. The compiler holds the names against what may be said, the test against what there is. */
const texts: Record<TextFormatName, RegExp> = {
  terminal: /^\$ /,
  html: /^<!doctype html>/i,
  markdown: /^#/,
  junit: /^<\?xml /,
  json: /^\{"schemaVersion":1,/,
};
const parts: Record<PartsFormatName, RegExp> = { csv: /^cell\./, hgrm: /^#?\s*Value/, svg: /^<svg / };
const comparisons: Record<ComparisonFormatName, RegExp> = {
  terminal: /^base {7}main\.json\n/,
  markdown: /^#/,
  junit: /^<\?xml /,
  json: /^\{\n {2}"base": "main.json",/,
};

test('there is a name for every format, and for the terminal', (t) => {
  const names = (has: boolean) => formats.filter((one) => hasParts(one) === has).map(({ name }) => name);
  t.deepEqual(Object.keys(texts).sort(), ['terminal', ...names(false)].sort());
  t.deepEqual(Object.keys(parts).sort(), names(true).sort());
  const ofComparisons = formats.flatMap((one) => (!hasParts(one) && one.renderComparison ? [one.name] : []));
  t.deepEqual(Object.keys(comparisons).sort(), ['terminal', ...ofComparisons].sort());
});

for (const [name, beginning] of Object.entries(texts) as [TextFormatName, RegExp][]) {
  test(`a run is rendered as ${name}`, async (t) => {
    t.regex(await render(v1, name), beginning);
  });
}

for (const [name, beginning] of Object.entries(parts) as [PartsFormatName, RegExp][]) {
  test(`a run is rendered as the parts of ${name}`, async (t) => {
    const rendered = await render(v1, name);
    t.true(rendered.length > 1);
    t.is(new Set(rendered.map((part) => part.name)).size, rendered.length);
    for (const { text } of rendered) t.regex(text, beginning);
  });
}

for (const [name, beginning] of Object.entries(comparisons) as [ComparisonFormatName, RegExp][]) {
  test(`two runs against each other are rendered as ${name}`, async (t) => {
    const compared = compare(v1, v1, { base: 'main.json', candidate: 'branch.json' });
    t.regex(await renderComparison(compared, name), beginning);
  });
}

test('the terminal is 80 columns wide and without colour unless it is said', async (t) => {
  const width = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  const plain = await render(v1, 'terminal');
  t.true(width(plain) <= 80);
  t.false(plain.includes('\u001b['));
  t.true(width(await render(v1, 'terminal', { columns: 100 })) > 80);
  t.true((await render(v1, 'terminal', { color: true })).includes('\u001b['));
});

test('a format that there is none of is refused by those that there are', async (t) => {
  await t.throwsAsync(render(v1, 'pdf' as 'html'), {
    instanceOf: BenchError,
    code: 'no-format',
    message: 'pdf is none of terminal, html, markdown, csv, junit, json, hgrm, svg',
  });
  await t.throwsAsync(renderComparison(compare(v1, v1), 'html' as 'json'), {
    instanceOf: BenchError,
    message: 'html is none of terminal, markdown, junit, json',
  });
});

test('what is rendered as json is the record', async (t) => {
  const { trials, plan } = JSON.parse(await render(v1, 'json')) as RunRecord;
  t.deepEqual(runSchema.parse({ ...v1, trials, plan }).trials, v1.trials);
});

test('thresholds are held against every cell, and decide what a program exits with', (t) => {
  const passed = judge(v1, ['p99<3600s']);
  t.true(passed.length > 0 && passed.every((one) => one.passed));
  t.is(exitCodeOf({ ...v1, thresholds: passed }), exitCode.fine);

  const missed = judge(v1, ['rr:p99<1us']);
  t.deepEqual(
    missed.map(({ threshold, cell, passed }) => [threshold, cell?.policy, passed]),
    [['rr:p99<1us', 'rr', false]],
  );
  t.is(exitCodeOf({ ...v1, thresholds: missed }), exitCode.threshold);
  t.is(exitCodeOf({ ...v1, thresholds: missed, interrupted: true }, []), exitCode.interrupted);
  t.is(exitCodeOf({ ...v1, thresholds: missed }, ['invalid']), exitCode.fine);
});

test('what is no threshold is refused, and so is the policy of another run', (t) => {
  t.throws(() => judge(v1, ['p99']), {
    instanceOf: BenchError,
    message: /^threshold p99: expected a metric/,
  });
  t.throws(() => judge(v1, ['proxy:p99<1s']), { message: /the run has no policy proxy/ });
});

test('a candidate that is worse decides what a program exits with', (t) => {
  t.is(exitCodeOf(compare(v1, v1)), exitCode.fine);
  t.is(exitCodeOf(ofTwo), exitCode.threshold);
  t.is(exitCodeOf(ofTwo, []), exitCode.fine);
});

test('a history follows runs in the order in which they began', (t) => {
  const later = { ...v1, startedAt: '2030-01-01T00:00:00.000Z' };
  const { runs, cells } = history([
    { file: 'later.json', run: later },
    { file: 'first.json', run: v1 },
  ]);
  t.deepEqual(
    runs.map(({ file }) => file),
    ['first.json', 'later.json'],
  );
  t.deepEqual(cells.map(({ cell }) => cell.policy).sort(), [...v1.plan.policies].sort());
});

test('lists are those of the command', (t) => {
  for (const name of ['policies', 'workloads', 'formats'] as const) {
    const choices = list(name);
    t.true(choices.length > 2);
    t.true(choices.every((choice) => Object.keys(choice).join() === 'name,summary'));
  }
  t.true(list('policies').some(({ name }) => name === 'rr'));
});
