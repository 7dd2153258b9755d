import type { CellHistory, History } from '../analysis/history.js';
import type { Series } from '../analysis/history-series.js';
import { percent, plural } from './format.js';
import { renderHeading } from './heading.js';
import { renderSeries } from './history-chart.js';
import {
  changeSentence,
  differenceSentence,
  gapSentences,
  metricName,
  runRanges,
  steadySentence,
} from './history-words.js';
import { pageOf, pageWidth, type RenderOptions } from './page.js';
import { type Colors, createColors } from './palette.js';
import { flow, plain, wrap } from './text.js';

/** What `bench history` prints: every cell with its series, what changed in them, and what else was not the same. */
export function renderHistory(
  history: History & { skipped: readonly { file: string }[] },
  { columns, color }: RenderOptions,
): string {
  const colors = createColors(color);
  const width = pageWidth(columns);
  const sections = [
    headerLines(history, width, colors),
    ...history.cells.map((cell) => cellLines(cell, history, width, colors)),
    noteLines(history, width, colors),
    methodLines(history, width, colors),
  ];
  return pageOf(sections);
}

function headerLines({ runs, shared }: History, width: number, colors: Colors): string[] {
  const days = new Set([runs[0], runs.at(-1)].map((run) => run?.startedAt.slice(0, 10)));
  const facts = [plural(runs.length, 'run'), [...days].join(' to '), ...shared.map(plain)];
  return flow(facts, ' · ', width).map((line) => colors.dim(line));
}

function cellLines(cell: CellHistory, history: History, width: number, colors: Colors): string[] {
  const measured = history.runs.length - cell.gaps.length;
  return [
    renderHeading(cell.label, plural(measured, 'run'), width, colors),
    ...gapSentences(cell).flatMap((sentence) => marked('·', sentence, width, colors.dim)),
    ...cell.series.flatMap((series, index) => [
      ...(index > 0 || cell.gaps.length > 0 ? [''] : []),
      ...seriesLines(series, history, width, colors),
    ]),
  ];
}

function seriesLines(series: Series, history: History, width: number, colors: Colors): string[] {
  const { points, unmeasured, changes, unit } = series;
  const runs = history.runs.length;
  const inner = width - 2;
  const caption = unit === 'connections/s' || unit === 'requests/s' ? `, ${unit}` : '';
  const missing = unmeasured.length > 0 ? ` · not measured in ${runRanges(unmeasured)}` : '';
  return [
    ...(points.length === 0
      ? []
      : [
          `  ${colors.dim(`${metricName(series)}${caption} over ${plural(runs, 'run')}${missing}`)}`,
          ...renderSeries(series, runs, inner, colors).map((line) => `  ${line}`),
        ]),
    ...changes.flatMap((change) =>
      marked(
        change.isWorse ? '✗' : '✓',
        changeSentence(series, change, runs),
        width,
        change.isWorse ? colors.notable : colors.good,
      ),
    ),
    ...(changes.length === 0 ? marked('·', steadySentence(series, history), width, colors.dim) : []),
  ];
}

function noteLines(
  { differences, skipped, copies, alone }: History & { skipped: readonly { file: string }[] },
  width: number,
  colors: Colors,
): string[] {
  const notes = [
    ...differences.map(differenceSentence),
    ...left(skipped, 'file', 'no result of cluster-bench'),
    ...left(
      copies.map((file) => ({ file })),
      'file',
      'the copy of a run that another file holds',
    ),
    ...(alone.length > 0 ? [`Only one run has ${alone.map(plain).join('; ')}: nothing to follow.`] : []),
  ];
  if (notes.length === 0) return [];
  return [
    renderHeading('warnings', '', width, colors),
    ...notes.flatMap((note) => marked('!', note, width, colors.notable)),
  ];
}

const mostFiles = 3;

function left(files: readonly { file: string }[], noun: string, what: string): string[] {
  if (files.length === 0) return [];
  const named = files.slice(0, mostFiles).map(({ file }) => plain(file));
  const more = files.length > mostFiles ? [`${files.length - mostFiles} more`] : [];
  return [`${plural(files.length, noun)} left out, ${what}: ${[...named, ...more].join(', ')}.`];
}

function methodLines({ method, cells }: History, width: number, colors: Colors): string[] {
  const series = cells.reduce((sum, cell) => sum + cell.series.length, 0);
  const text =
    `Changes: ${method.name} on logarithms, ${method.permutations} permutations (seed ${method.seed}), ` +
    `${method.shortestSegment} runs at least between two. A series without any shows one by chance in ` +
    `${percent(method.significance, 0)} of cases; here ${series === 1 ? 'is' : 'are'} ${series} series.`;
  return wrap(text, width).map((line) => colors.dim(line));
}

/** A sign, and the text beside it. */
function marked(sign: string, text: string, width: number, paint: (text: string) => string): string[] {
  return wrap(text, width - 4).map((line, index) => `  ${index === 0 ? paint(sign) : ' '} ${line}`);
}
