import test from 'ava';
import type { RunRecord } from '../../../harness/record.js';
import { summarize } from '../../../reports/analysis/summary.js';
import { judgeThresholds, parseThreshold, type Threshold } from '../../../reports/analysis/thresholds.js';
import { renderTerminal } from '../../../reports/render/terminal.js';
import { width } from '../../../reports/render/text.js';
import { buildRun, buildTrial } from '../build-run.js';

function listOf(run: RunRecord, ...texts: string[]): string {
  const thresholds = judgeThresholds(
    texts.map((text) => parseThreshold(text) as Threshold),
    summarize(run),
  );
  const text = renderTerminal({ ...run, thresholds }, { columns: 80, color: false });
  const at = text.indexOf('── thresholds');
  return at === -1 ? '' : text.slice(at);
}

const cells = [
  buildTrial({ policy: 'rr', workers: 2, responseUs: [700, 12_300] }),
  buildTrial({ policy: 'shared', counts: [700, 300], responseUs: [500, 41_700], mechanism: 'shared' }),
];

test('the list of thresholds prints as it is kept here', (t) => {
  const list = listOf(
    buildRun(cells),
    'p99<20ms',
    'rr:p99<20ms',
    'errors==0',
    'throughput>5000',
    'fairness.connections.jain>=floor',
    'fairness.connections.verdict!=skewed',
    'service.p99<20ms',
    'shared:fairness.connections.coefficientOfVariation<=5%',
  );
  t.snapshot(list);
  for (const line of list.split('\n')) t.true(width(line) <= 80, line);
});

test('many cells take several lines, and each is named by what tells it from the others', (t) => {
  const many = [2, 4, 8, 16].flatMap((workers) =>
    ['rr', 'shared'].map((policy) => buildTrial({ policy, workers, completedByDeadline: workers * 1000 })),
  );
  t.snapshot(listOf(buildRun(many), 'throughput>=2000'));
});

test('without thresholds there is no list', (t) => {
  t.is(listOf(buildRun(cells)), '');
});

test('thresholds of a file that was tampered with cannot drive the terminal', (t) => {
  const run = buildRun([buildTrial()], {
    thresholds: [
      {
        threshold: 'p99<\u001b[2J1ms',
        cell: null,
        unit: 'verdict',
        value: '\u001b[2Jx\n',
        limit: 1,
        passed: false,
      },
    ],
  });
  t.false(renderTerminal(run, { columns: 80, color: false }).includes('\u001b'));
});
