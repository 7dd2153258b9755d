import type { CellDescription, RunDescription } from '../../../analysis/describe.js';
import type { Verdict } from '../../../analysis/fairness.js';
import { furtherSentences, policySentence, shownMetrics } from '../../comparison.js';
import { interruptedSentence } from '../../header.js';
import { fairnessPhrases, throughputPhrases } from '../../phrases.js';
import { thresholdsNote } from '../../thresholds.js';
import { uncoloured } from '../../uncoloured.js';
import { verdictWord } from '../../words.js';
import { html, type Markup, type Part } from '../markup.js';
import { list, section } from './section.js';

/** More cells than this are told by their verdict, not one by one. */
const mostCells = 8;

/** What the run says, in words. */
export function verdictSection(run: RunDescription): Markup {
  const { cells, comparisons, thresholds, warnings, interrupted } = run;
  const failed = cells.filter(({ failures }) => failures.length > 0);
  return section('verdict', 'Verdict', '', [
    interrupted && html`<p class="warn">${interruptedSentence(run)}</p>`,
    cells.length === 0 && html`<p>No trial finished.</p>`,
    cells.length <= mostCells ? cells.map((cell) => cellVerdict(cell)) : groupedVerdicts(cells),
    list(run.plan.sides === null ? comparisons.map((each) => policySentence(run, each)) : sides(run)),
    list(
      [
        ...(failed.length > 0
          ? [html`<strong class="bad">Not every trial is valid</strong>: ${listed(failed)}.`]
          : []),
        ...(thresholds.length > 0
          ? [
              html`<a href="#thresholds">Thresholds</a>: <strong class="${thresholds.every(({ passed }) => passed) ? 'good' : 'bad'}">${thresholdsNote(thresholds)}</strong>.`,
            ]
          : []),
        ...(warnings.length > 0
          ? [
              html`<a href="#warnings">${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}</a> to read the figures with.`,
            ]
          : []),
      ],
      'plain',
    ),
  ]);
}

function cellVerdict({ label, summary }: CellDescription): Markup {
  const { verdict } = summary.fairness.connections;
  const [throughput = '', ...more] = throughputPhrases(summary, uncoloured);
  const words =
    summary.validTrials === 0
      ? ['no valid trial']
      : [
          ...fairnessPhrases(summary, uncoloured).filter((phrase) => !/^Jain|^χ²/.test(phrase)),
          [throughput, ...more].join(', '),
        ];
  return html`<p class="said ${summary.validTrials === 0 ? 'bad' : paint(verdict)}"><strong>${label}</strong> ${words.join(' · ')}</p>
`;
}

function groupedVerdicts(cells: readonly CellDescription[]): Part {
  const verdicts = ['more-even', 'random-like', 'skewed', null] as const;
  return verdicts.map((verdict) => {
    const same = cells.filter(({ summary }) => summary.fairness.connections.verdict === verdict);
    return (
      same.length > 0 &&
      html`<p class="said ${paint(verdict)}"><strong>${verdict === null ? 'no verdict' : verdictWord[verdict]}</strong> ${listed(same)}</p>
`
    );
  });
}

function listed(cells: readonly CellDescription[]): string {
  return cells.map(({ label }) => label).join('; ');
}

function paint(verdict: Verdict | null): string {
  return verdict === null ? '' : { 'more-even': 'good', 'random-like': 'same', skewed: 'warn' }[verdict];
}

/** Of what decides between base and candidate. */
function sides({ comparisons }: RunDescription): string[] {
  return comparisons.flatMap((comparison) => {
    const shown = shownMetrics(comparison);
    const decided = shown.filter(({ gates, verdict }) => gates && verdict !== 'inconclusive');
    return [
      ...decided.map(
        ({ metric, verdict }) =>
          `${metric.name}: the candidate is ${verdict === 'same' ? 'the same as' : `${verdict} than`} the base`,
      ),
      ...furtherSentences(shown, comparison.isPaired),
    ];
  });
}
