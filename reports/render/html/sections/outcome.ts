import { looksOf } from '../../../analysis/comparison/stopping.js';
import type { RunDescription } from '../../../analysis/describe.js';
import {
  comparisonCaptions,
  comparisonNote,
  furtherSentences,
  metricColumns,
  policySentence,
  problemWords,
  referenceCaptions,
  shownMetrics,
} from '../../comparison.js';
import { truncate } from '../../text.js';
import { thresholdPhrases, thresholdsNote } from '../../thresholds.js';
import { uncoloured } from '../../uncoloured.js';
import { warningSentence } from '../../warnings.js';
import { html, type Markup } from '../markup.js';
import { columnsTable } from '../table.js';
import { list, section } from './section.js';

/** The candidate against the base, or the other policies against the reference. */
export function comparisonSection(run: RunDescription): Markup | '' {
  const { comparisons, plan } = run;
  const [first] = comparisons;
  if (first === undefined) return '';
  if (plan.sides === null)
    return section('comparison', `Against ${first.base.policy}`, comparisonNote(first), [
      list(comparisons.map((each) => policySentence(run, each))),
      html`<p class="note">${referenceCaptions(comparisons).join(' · ')}</p>`,
    ]);
  const title = 'Candidate against base';
  if (first.problem !== null)
    return section(
      'comparison',
      title,
      comparisonNote(first),
      html`<p class="bad">${problemWords[first.problem]}</p>`,
    );
  const shown = shownMetrics(first);
  const captions = comparisonCaptions({ looks: looksOf(plan).length, minEffect: plan.minEffect });
  return section('comparison', title, comparisonNote(first), [
    columnsTable(shown, metricColumns, { title, captions }),
    list(furtherSentences(shown, first.isPaired)),
  ]);
}

export function thresholdsSection({ thresholds }: RunDescription): Markup | '' {
  if (thresholds.length === 0) return '';
  const items = thresholds.map(
    (threshold) =>
      html`<span class="${threshold.passed ? 'good' : 'bad'}">${threshold.passed ? '✓ holds' : '✗ missed'}</span> <code>${threshold.text}</code> ${thresholdPhrases(threshold, uncoloured).join(' · ')}`,
  );
  return section('thresholds', 'Thresholds', thresholdsNote(thresholds), list(items, 'plain'));
}

const longestWarning = 2000;

export function warningsSection({ warnings }: RunDescription): Markup | '' {
  if (warnings.length === 0) return '';
  return section(
    'warnings',
    'Warnings',
    '',
    list(
      warnings.map((warning) => truncate(warningSentence(warning), longestWarning)),
      'warnings',
    ),
  );
}
