import type { RunRecord, TrialRecord } from '../../../harness/record.js';
import { type CellTrials, cellKey, groupByCell } from '../../analysis/cells.js';
import { describeRun, type RunDescription } from '../../analysis/describe.js';
import { describeThresholds } from '../../analysis/describe-thresholds.js';
import { commandLine, machineFacts } from '../header.js';
import { evennessPhrases } from '../phrases.js';
import { thresholdPhrases } from '../thresholds.js';
import { uncoloured } from '../uncoloured.js';
import { comparedCases, judgedCases } from './comparison.js';
import { junitOf, type Suite, type TestCase } from './suite.js';

/** A suite per cell: its trials, an invalid one an error; its thresholds; and what it has come to beside others. */
export function renderJunit(run: RunRecord): string {
  const description = describeRun(run);
  const suites = groupByCell(run.trials, run.plan).map((group, index) =>
    cellSuite(run, description, group, description.cells[index] as RunDescription['cells'][number]),
  );
  const [first] = description.comparisons;
  return junitOf(commandLine(description), [
    ...suites,
    { name: 'thresholds without a cell', cases: thresholdCases(run, description, undefined) },
    ...(first && run.plan.sides !== null
      ? [{ name: 'candidate against base', startedAt: run.startedAt, cases: judgedCases(first) }]
      : []),
  ]);
}

function cellSuite(
  run: RunRecord,
  description: RunDescription,
  { cell, trials }: CellTrials,
  { label, mechanism, summary }: RunDescription['cells'][number],
): Suite {
  const compared = description.comparisons.filter(
    ({ candidate }) => run.plan.sides === null && cellKey(candidate) === cellKey(cell),
  );
  return {
    name: label,
    ...(trials[0] && { startedAt: trials[0].startedAt }),
    properties: {
      mechanism,
      fairness: evennessPhrases(summary, uncoloured).join(' · '),
      environment: machineFacts(description).join(' · '),
    },
    cases: [
      ...trials.toSorted((a, b) => a.run - b.run).map(trialCase),
      ...thresholdCases(run, description, cellKey(cell)),
      ...compared.flatMap(comparedCases),
    ],
  };
}

function trialCase({ run, measuredSeconds, valid, error }: TrialRecord): TestCase {
  const { code, message, details } = error ?? { code: 'invalid', message: 'the record does not say why' };
  return {
    name: `trial ${run} is valid`,
    seconds: measuredSeconds,
    ...(!valid && {
      outcome: { kind: 'error', type: code, message, ...(details && { text: details.join(' · ') }) },
    }),
  };
}

function thresholdCases(
  { thresholds = [] }: RunRecord,
  { cells }: RunDescription,
  key: string | undefined,
): TestCase[] {
  const ofCell = thresholds.filter(({ cell }) => (cell === null ? undefined : cellKey(cell)) === key);
  return describeThresholds(ofCell, cells).map((threshold) => {
    const { text: name, passed } = threshold;
    const found = `${name}: ${thresholdPhrases(threshold, uncoloured).join(' · ')}`;
    return passed
      ? { name, output: found }
      : { name, outcome: { kind: 'failure', type: 'threshold', message: found } };
  });
}
