import test from 'ava';
import type { RunRecord } from '../../../harness/record.js';
import { describeHistory } from '../../../reports/analysis/history.js';
import type { MetricName } from '../../../reports/analysis/history-metrics.js';
import { historyRun } from '../../../reports/analysis/history-run.js';
import { renderHistory } from '../../../reports/render/history.js';
import { runRanges } from '../../../reports/render/history-words.js';
import { width } from '../../../reports/render/text.js';
import { buildHistory } from '../build-history.js';

function print(
  records: readonly RunRecord[],
  {
    metrics = ['throughput', 'p99'] as MetricName[],
    columns = 80,
    color = false,
    skipped = [] as string[],
  } = {},
): string {
  const runs = records.map((record, index) => historyRun(record, `results/${index + 1}.json`));
  const history = describeHistory(runs, { metrics, seed: 1 });
  return renderHistory({ ...history, skipped: skipped.map((file) => ({ file })) }, { columns, color });
}

const slower = (run: number, policy: string) => (run < 14 || policy === 'shared' ? 1 : 0.88);
const withEverything = () =>
  buildHistory({
    runs: 30,
    policies: ['rr', 'shared'],
    speed: slower,
    changes: (run, policy) => ({ valid: !(run === 7 && policy === 'rr') }),
    environment: (run) => ({ kernel: run < 14 ? '6.18.0' : '6.18.1' }),
  });

test('a history prints as it is kept here', (t) => {
  t.snapshot(print(withEverything(), { skipped: ['results/package.json'] }));
});

test('every metric has its name, its unit and a chart', (t) => {
  t.snapshot(print(buildHistory({ runs: 12 }), { metrics: ['throughput', 'p50', 'p99', 'cpu', 'jain'] }));
});

test('too few runs are said to be too few', (t) => {
  const text = print(buildHistory({ runs: 9, speed: (run) => (run < 5 ? 1 : 0.5) }), {
    metrics: ['throughput'],
  });
  t.regex(
    text.replace(/\s+/g, ' '),
    /throughput: 9 runs with a figure; no change can be told from chance in fewer than 10/,
  );
});

test('what was measured in no run has no chart', (t) => {
  const text = print(buildHistory({ runs: 2, trial: () => ({ responseUs: [] }) }), { metrics: ['p99'] });
  t.regex(text, /response p99: not measured in any run/);
  t.notRegex(text, /┤/);
});

test('a change that the digits do not show is not given as a percentage', (t) => {
  const counts = (run: number) => (run < 11 ? [5000, 5000, 5000, 5000] : [5000, 5000, 5000, 4990]);
  const text = print(buildHistory({ runs: 20, trial: (run) => ({ counts: counts(run) }) }), {
    metrics: ['jain'],
  });
  t.regex(
    text.replace(/\s+/g, ' '),
    /Jain of connections changed by less than its digits show \(1\.0000\) at run 11 of 20/,
  );
});

test('more runs than columns share them, and no line is wider than the terminal', (t) => {
  for (const [runs, columns] of [
    [2, 80],
    [30, 80],
    [150, 80],
    [150, 100],
  ] as const) {
    const speed = (run: number) => (run < runs - 10 ? 1 : 0.8);
    const text = print(buildHistory({ runs, speed }), { columns, metrics: ['throughput'], color: true });
    for (const line of text.split('\n')) t.true(width(line) <= columns, line);
    t.is(text.includes(`▲`), runs > 2);
  }
});

test('text from a record cannot reach the terminal as more than text', (t) => {
  const records = buildHistory({
    runs: 20,
    speed: (run) => (run < 11 ? 1 : 0.5),
    environment: (run) => ({ kernel: run < 11 ? 'a' : '\u001b[31mb\u0007' }),
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  t.notRegex(print(records), /[\u0000-\u0009\u000b-\u001f]/);
});

test('runs are told as ranges', (t) => {
  t.is(runRanges([3]), 'run 3');
  t.is(runRanges([1, 2, 3, 7, 9, 10]), 'runs 1–3, 7, 9–10');
  t.is(runRanges([1, 3, 5, 7, 9, 11]), 'runs 1, 3, 5, 7, …');
});
