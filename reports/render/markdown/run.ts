import type { RunRecord } from '../../../harness/record.js';
import { describeRun, type RunDescription } from '../../analysis/describe.js';
import type { ThresholdDescription } from '../../analysis/describe-thresholds.js';
import { failureSentence } from '../cell.js';
import type { Column } from '../columns.js';
import { policySentence } from '../comparison.js';
import { commandLine, interruptedSentence, loadFacts, machineFacts } from '../header.js';
import { evennessPhrases } from '../phrases.js';
import { scenarioColumns, scenarioText } from '../scenario.js';
import { captions, figureColumns } from '../table.js';
import { thresholdPhrases, thresholdsNote } from '../thresholds.js';
import { uncoloured } from '../uncoloured.js';
import { warningSentence } from '../warnings.js';
import { labelColumn, renderCell } from './cell.js';
import { referenceCaption, renderComparison, verdictSentences } from './comparison.js';
import { codeBlock, html, inline } from './escape.js';
import { caption, details, list, page, table } from './table.js';

/** What a reader of a pull request wants to know first comes first, and what was measured on last. */
export function renderMarkdown(run: RunRecord): string {
  const description = describeRun(run);
  const { cells } = description;
  return page([
    [`## ${loadFacts(description).map(inline).join(' · ')}`],
    description.interrupted ? [`**${inline(interruptedSentence(description))}**`] : [],
    list(verdicts(description)),
    referenceCaption(description),
    cells.length > 0 ? renderTable(description) : ['No trial finished.'],
    renderComparison(description),
    renderScenario(description),
    renderThresholds(description),
    ...cells.map((cell) => renderCell(cell, description.plan.runs)),
    renderWarnings(description),
    renderEnvironment(description),
  ]);
}

/** A sentence each: what was to be found out, and what stands in its way. */
function verdicts(run: RunDescription): string[] {
  const { cells, comparisons, plan, thresholds } = run;
  const [first] = comparisons;
  return [
    ...(plan.sides !== null && first ? verdictSentences(first) : []),
    ...(thresholds.length > 0 ? [thresholdsSentence(thresholds)] : []),
    ...cells.flatMap(({ label, summary, failures }) => [
      ...(summary.validTrials > 0
        ? [`**${inline(label)}**: ${evennessPhrases(summary, uncoloured).map(inline).join(' · ')}`]
        : []),
      ...failures.map((failure) => `✗ **${inline(label)}**: ${inline(failureSentence(failure, summary))}`),
    ]),
    ...(plan.sides === null ? comparisons.map((one) => inline(policySentence(run, one))) : []),
  ];
}

function renderTable(run: RunDescription): string[] {
  return [
    '### Compared',
    '',
    ...table(run.cells, [labelColumn, ...figureColumns(run)]),
    '',
    caption(['medians over valid trials', ...captions(run)]),
  ];
}

function renderScenario(run: RunDescription): string[] {
  const text = scenarioText(run);
  if (text === undefined) return [];
  return [
    `### ${inline(text.title)}: ${inline(text.note)}`,
    '',
    ...table(run.cells, [labelColumn, ...scenarioColumns]),
    '',
    caption(text.captions),
  ];
}

function thresholdsSentence(thresholds: readonly ThresholdDescription[]): string {
  return thresholds.every(({ passed }) => passed)
    ? '✓ thresholds: all hold'
    : `✗ ${thresholdsNote(thresholds)}`;
}

function renderThresholds({ thresholds }: RunDescription): string[] {
  if (thresholds.length === 0) return [];
  return ['### Thresholds', '', ...table(thresholds, thresholdColumns)];
}

const thresholdColumns: Column<ThresholdDescription>[] = [
  { head: '', align: 'left', value: ({ passed }) => (passed ? '✓' : '✗') },
  { head: 'threshold', align: 'left', value: ({ text }) => text },
  {
    head: 'found',
    align: 'left',
    value: (threshold) => thresholdPhrases(threshold, uncoloured).join(' · '),
  },
];

function renderWarnings({ warnings }: RunDescription): string[] {
  if (warnings.length === 0) return [];
  return ['### Warnings', '', ...list(warnings.map((warning) => inline(warningSentence(warning))))];
}

function renderEnvironment(run: RunDescription): string[] {
  const { environment, plan } = run;
  const facts = [
    ...machineFacts(run),
    `load ${environment.loadAverage.map((load) => load.toFixed(2)).join(', ')}`,
    `limit of open files ${environment.openFilesLimit ?? 'unknown'}`,
    `warm-up ${plan.warmupSeconds} s`,
    ...Object.entries(environment.peers).map(([name, version]) => `${name} ${version}`),
  ];
  return details(html('Environment'), [
    ...(run.command.length === 0 ? [] : [...codeBlock(commandLine(run), 'sh'), '']),
    ...list(facts.map(inline)),
  ]);
}
