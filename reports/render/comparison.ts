import type { ComparedMetric, Comparison } from '../analysis/comparison/compare.js';
import type { ChangeVerdict } from '../analysis/comparison/judge.js';
import { looksOf } from '../analysis/comparison/stopping.js';
import type { RunDescription } from '../analysis/describe.js';
import type { Verdict } from '../analysis/fairness.js';
import { type Column, renderColumns, some } from './columns.js';
import { bytes, jain, microseconds, plural, ratio, significant } from './format.js';
import { renderHeading } from './heading.js';
import type { Colors } from './palette.js';
import { flow, plain, wrap } from './text.js';
import { verdictSentence } from './words.js';

/** The candidate against the base as a table; other policies against the reference in a sentence each. */
export function renderComparisons(run: RunDescription, columns: number, colors: Colors): string[][] {
  const { comparisons, plan } = run;
  const [first] = comparisons;
  if (first === undefined) return [];
  const looks = looksOf(plan).length;
  if (plan.sides !== null)
    return [
      renderComparison(
        first,
        { title: 'candidate against base', looks, minEffect: plan.minEffect },
        columns,
        colors,
      ),
    ];
  const lines = comparisons.flatMap((comparison) => wrap(policySentence(run, comparison), columns - 4));
  return [
    [
      renderHeading(`against ${first.base.policy}`, comparisonNote(first), columns, colors),
      ...lines.map((line) => `  ${line}`),
      ...flow(referenceCaptions(comparisons), ' · ', columns - 2).map((line) => colors.dim(`  ${line}`)),
    ],
  ];
}

export function referenceCaptions(comparisons: readonly Comparison[]): string[] {
  const isWithout = comparisons.some(({ metrics }) =>
    metrics.some(({ ratio, usual }) => ratio !== null && usual === null),
  );
  return [
    '[ ]: 95 % intervals, each by itself',
    ...(isWithout ? ['with fewer than 6 pairs there is none'] : []),
  ];
}

/** Another policy against the reference, in a sentence. */
export function policySentence(run: RunDescription, comparison: Comparison): string {
  const label =
    run.cells.find(({ summary }) => summary.cell === comparison.candidate)?.label ??
    comparison.candidate.policy;
  if (comparison.problem !== null) return `${plain(label)}: ${problemWords[comparison.problem]}`;
  const of = (name: string) => comparison.metrics.find(({ metric }) => metric.name === name);
  const times = (name: string) => {
    const { ratio: estimate = null, usual = null } = of(name) ?? {};
    return estimate === null
      ? undefined
      : `${ratio(estimate)}×${usual ? ` [${ratio(usual.low)}, ${ratio(usual.high)}]` : ''}`;
  };
  const [throughput, p99, cpu] = ['throughput', 'p99', 'cpu'].map(times);
  const phrases = [
    ...(throughput ? [`${throughput} the throughput of ${comparison.base.policy}`] : []),
    ...(p99 ? [`p99 ${p99}`] : []),
    ...(cpu ? [`CPU ${cpu}`] : []),
  ];
  return `${plain(label)} has ${phrases.join(', ')}${fairnessWords(comparison)}`;
}

function fairnessWords({ base, fairness }: Comparison): string {
  if (fairness.candidate === null || fairness.base === null) return '';
  const words = (verdict: Verdict) =>
    verdict === 'skewed' ? 'skewed' : verdictSentence[verdict]('a random draw');
  const candidate = words(fairness.candidate);
  if (fairness.candidate === fairness.base) return `, and is ${candidate}, as ${base.policy} is`;
  return `, and is ${candidate} where ${base.policy} is ${words(fairness.base)}`;
}

export const problemWords = {
  'no-trials': 'nothing to compare: no valid trial has one beside it',
  'mostly-invalid':
    'no verdict: more than half of its trials, or of those it is compared with, are not valid',
} as const;

export interface ComparisonText {
  title: string;
  looks: number;
  minEffect: number;
}

/** One row per metric: both medians, their ratio with its interval, and the verdict. */
export function renderComparison(
  comparison: Comparison,
  { title, looks, minEffect }: ComparisonText,
  columns: number,
  colors: Colors,
): string[] {
  const { isPaired, problem } = comparison;
  const note = comparisonNote(comparison);
  if (problem !== null)
    return [
      renderHeading(title, note, columns, colors),
      ...wrap(problemWords[problem], columns - 2).map((line) => colors.bad(`  ${line}`)),
    ];
  const shown = shownMetrics(comparison);
  const captions = comparisonCaptions({ looks, minEffect });
  return [
    ...renderColumns(shown, metricColumns, { title, note, captions }, columns, colors),
    ...furtherSentences(shown, isPaired)
      .flatMap((sentence) => wrap(`? ${sentence}`, columns - 2))
      .map((line) => colors.notable(`  ${line}`)),
  ];
}

export function comparisonNote({ isPaired, trials }: Comparison): string {
  return isPaired
    ? `paired by block · ${plural(trials.base, 'pair')}`
    : `not paired · ${trials.base} and ${plural(trials.candidate, 'trial')}`;
}

/** Those that one of the two has. */
export function shownMetrics({ metrics }: Comparison): ComparedMetric[] {
  return metrics.filter(({ base, candidate }) => base !== null || candidate !== null);
}

export function comparisonCaptions({ looks, minEffect }: Omit<ComparisonText, 'title'>): string[] {
  return [
    `* decides: of these any wrong verdict has a risk of 1 %${looks > 1 ? `, over ${looks} looks` : ''}`,
    `a change below ${significant(minEffect * 100)} % does not matter`,
  ];
}

export const metricColumns: Column<ComparedMetric>[] = [
  {
    head: 'metric',
    align: 'left',
    value: ({ metric, gates }, { bold }) => (gates ? bold(`${metric.name}*`) : metric.name),
  },
  { head: 'base', align: 'right', value: ({ metric, base }) => some(base, format[metric.unit]) },
  {
    head: 'candidate',
    align: 'right',
    value: ({ metric, candidate }) => some(candidate, format[metric.unit]),
  },
  { head: 'ratio', align: 'right', value: ({ ratio }) => some(ratio, threeDecimals) },
  {
    head: 'interval',
    align: 'left',
    value: ({ interval }) =>
      some(interval, ({ low, high }) => `[${threeDecimals(low)}, ${threeDecimals(high)}]`),
  },
  { head: 'with', align: 'right', drop: 1, value: ({ confidence }) => `${significant(confidence * 100)} %` },
  { head: 'verdict', align: 'left', value: ({ verdict }, colors) => paint(colors, verdict)(verdict) },
];

const threeDecimals = (value: number) => (value < 9.9995 ? value.toFixed(3) : significant(value));

const format = {
  'per second': (value: number) => `${significant(value)}/s`,
  us: microseconds,
  bytes,
  index: jain,
} as const;

function paint(colors: Colors, verdict: ChangeVerdict) {
  return { better: colors.good, worse: colors.bad, same: colors.dim, inconclusive: colors.notable }[verdict];
}

/** The verdict on a metric, where there is one, beside `whose`. */
export function metricSentence(
  { metric, ratio, interval, verdict }: ComparedMetric,
  whose = 'the base',
): string {
  const range = interval ? ` [${threeDecimals(interval.low)}, ${threeDecimals(interval.high)}]` : '';
  return `${metric.name} is ${verdict === 'same' ? 'the same' : verdict}: ${some(ratio, threeDecimals)}× ${plain(whose)}’s${range}`;
}

/** How much more would tell, of each metric that decides and has not. */
export function furtherSentences(metrics: readonly ComparedMetric[], isPaired: boolean): string[] {
  const open = metrics.filter(({ gates, verdict }) => gates && verdict === 'inconclusive');
  return open.map(({ metric, further, interval }) => {
    const noun = isPaired ? 'pair' : 'trial';
    const more =
      further === null
        ? ''
        : `: about ${plural(further, `more ${noun}`)}${isPaired ? '' : ' of each'} would tell`;
    const few = interval === null ? `, too few ${noun}s for an interval` : '';
    return `${metric.name} is inconclusive${few}${more}`;
  });
}
