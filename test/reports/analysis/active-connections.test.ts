import test from 'ava';
import { activeConnections } from '../../../reports/analysis/active-connections.js';
import { summarize } from '../../../reports/analysis/summary.js';
import { expectedJain } from '../../../reports/analysis/windowed-jain.js';
import { buildTrial } from '../build-run.js';

function trialWith(active: number[][], counts: number[]) {
  const trial = buildTrial({ counts });
  return { ...trial, timeline: { ...trial.timeline, active } };
}

test('open connections have their mean Jain, beside that of as many thrown at random', (t) => {
  const active = [
    [2, 4, 0, 9],
    [2, 0, 0, 9],
  ];
  t.deepEqual(activeConnections(trialWith(active, [4, 0])), {
    open: 4,
    jain: (1 + 0.5) / 2,
    expectedJain: expectedJain(4, 2),
  });
});

test('connections that end within an interval, a single worker and a window of one interval have no such figure', (t) => {
  t.is(
    activeConnections(
      trialWith(
        [
          [2, 2, 0],
          [2, 2, 0],
        ],
        [500, 500],
      ),
    ),
    undefined,
  );
  t.is(activeConnections(trialWith([[2, 2, 0]], [2])), undefined);
  t.is(activeConnections(trialWith([[2], [2]], [2, 2])), undefined);
});

test('a cell has the spread over its trials', (t) => {
  const trials = [
    trialWith(
      [
        [2, 0],
        [2, 0],
      ],
      [2, 2],
    ),
    trialWith(
      [
        [4, 0],
        [0, 0],
      ],
      [4, 0],
    ),
  ];
  const active = summarize({ trials })[0]?.fairness.active;
  t.deepEqual(active?.jain, { median: 0.75, min: 0.5, max: 1 });
  t.false('active' in (summarize({ trials: [buildTrial()] })[0]?.fairness ?? {}));
});
