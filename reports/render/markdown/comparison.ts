import type { Comparison } from '../../analysis/comparison/compare.js';
import { looksOf } from '../../analysis/comparison/stopping.js';
import type { RunDescription } from '../../analysis/describe.js';
import {
  type ComparisonText,
  comparisonCaptions,
  comparisonNote,
  furtherSentences,
  metricColumns,
  metricSentence,
  problemWords,
  referenceCaptions,
  shownMetrics,
} from '../comparison.js';
import { betweenRuns, type ComparedFiles, comparedCell, differenceSentence } from '../file-comparison.js';
import { inline } from './escape.js';
import { caption, list, page, table } from './table.js';

/** `bench compare`: the verdicts first, then each cell, and what differs between the two runs besides. */
export function renderComparedFiles(files: ComparedFiles): string {
  const { base, candidate, comparisons, differences, minEffect } = files;
  return page([
    [`## ${inline(candidate)} against ${inline(base)}`],
    list(
      comparisons.flatMap((comparison) =>
        verdictSentences(comparison).map(
          (sentence) => `**${inline(comparedCell(comparison))}**: ${sentence}`,
        ),
      ),
    ),
    ...comparisons.map((comparison) =>
      metricsTable(comparison, { title: comparedCell(comparison), looks: 1, minEffect }),
    ),
    [inline(betweenRuns)],
    list(differences.map((difference) => inline(differenceSentence(difference)))),
  ]);
}

/** What decides, in a sentence each. */
export function verdictSentences({ metrics, isPaired, problem }: Comparison): string[] {
  if (problem !== null) return [inline(problemWords[problem])];
  const decided = metrics.filter(({ gates, verdict }) => gates && verdict !== 'inconclusive');
  return [...decided.map((metric) => metricSentence(metric)), ...furtherSentences(metrics, isPaired)].map(
    inline,
  );
}

/** What the sentences stand on that compare policies with the reference. */
export function referenceCaption({ comparisons, plan }: RunDescription): string[] {
  const [first] = comparisons;
  if (first === undefined || plan.sides !== null) return [];
  return [
    caption([`against ${first.base.policy}`, comparisonNote(first), ...referenceCaptions(comparisons)]),
  ];
}

/** The candidate against the base, a row per metric. */
export function renderComparison({ comparisons, plan }: RunDescription): string[] {
  const [first] = comparisons;
  if (first === undefined || plan.sides === null) return [];
  const text = { title: 'Candidate against base', looks: looksOf(plan).length, minEffect: plan.minEffect };
  return metricsTable(first, text);
}

function metricsTable(comparison: Comparison, { title, ...text }: ComparisonText): string[] {
  const heading = `### ${inline(title)}: ${inline(comparisonNote(comparison))}`;
  if (comparison.problem !== null) return [heading, '', inline(problemWords[comparison.problem])];
  return [
    heading,
    '',
    ...table(shownMetrics(comparison), metricColumns),
    '',
    caption(comparisonCaptions(text)),
  ];
}
