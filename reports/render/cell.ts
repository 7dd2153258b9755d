import type { CellDescription, Failure } from '../analysis/describe.js';
import type { LatencySummary } from '../analysis/latency-summary.js';
import { latencyKinds } from '../analysis/latency-summary.js';
import type { CellSummary } from '../analysis/summary.js';
import { renderBars } from './bars.js';
import { renderChart } from './chart.js';
import { microseconds, plural } from './format.js';
import { renderHeading } from './heading.js';
import type { Colors } from './palette.js';
import {
  activePhrases,
  cpuPhrases,
  fairnessPhrases,
  requestPhrases,
  sequencePhrases,
  theoryPhrases,
  throughputPhrases,
} from './phrases.js';
import { flow, padEnd, padStart, plain, truncate, wrap } from './text.js';
import { latencyName } from './words.js';

const indent = 2;
const labelWidth = 12;

/** One cell: its heading, the bars of a typical trial, the figures over all valid trials, the chart. */
export function renderCell(cell: CellDescription, runs: number, columns: number, colors: Colors): string[] {
  const inner = columns - indent;
  const { typical, summary } = cell;
  const overTime = typical?.overTime;
  const body = typical
    ? [
        ...renderBars(typical, runs, inner, colors),
        '',
        ...cellPhrases(summary, colors).flatMap(([label, phrases]) =>
          labelled(label, phrases, inner, colors),
        ),
        ...latencyRows(summary, colors),
        ...(overTime ? ['', ...renderChart(overTime, inner, colors)] : []),
      ]
    : [];
  const failures = cell.failures.flatMap((failure) => failureLines(failure, cell, inner, colors));
  return [
    renderHeading(cell.label, cellNote(cell), columns, colors),
    ...[...body, ...(typical && failures.length > 0 ? [''] : []), ...failures].map((line) =>
      `${' '.repeat(indent)}${line}`.trimEnd(),
    ),
  ];
}

/** What a cell's figures are, each with what is said of it; nothing where there is nothing to say. */
export function cellPhrases(summary: CellSummary, colors: Colors): [label: string, phrases: string[]][] {
  return [
    ['fairness', fairnessPhrases(summary, colors)],
    ['theory', theoryPhrases(summary)],
    ['active', activePhrases(summary)],
    ['sequence', sequencePhrases(summary)],
    ['requests', requestPhrases(summary)],
    ['throughput', throughputPhrases(summary, colors)],
    ['CPU', cpuPhrases(summary)],
  ];
}

/** How its connections came to the workers, and on how many trials it stands. */
export function cellNote({ mechanism, summary: { trials, validTrials } }: CellDescription): string {
  const count =
    validTrials === trials ? plural(trials, 'trial') : `${validTrials} of ${plural(trials, 'trial')} valid`;
  return `${mechanism} · ${count}`;
}

function labelled(label: string, phrases: readonly string[], columns: number, colors: Colors): string[] {
  return flow(phrases, ' · ', columns - labelWidth).map(
    (line, index) => colors.dim(padEnd(index === 0 ? label : '', labelWidth)) + line,
  );
}

/** Every kind of latency that a cell has, in the order of an exchange. */
export function latenciesOf({ latency, handOff }: CellSummary): { name: string; latency: LatencySummary }[] {
  return [
    ...latencyKinds.flatMap((kind) => {
      const found = latency[kind];
      return found ? [{ name: latencyName[kind], latency: found }] : [];
    }),
    ...(handOff ? [{ name: 'hand-off', latency: handOff.latency }] : []),
  ];
}

function latencyRows(summary: CellSummary, colors: Colors): string[] {
  const kinds = latenciesOf(summary);
  if (kinds.length === 0) return [];
  const columns = ['p50', 'p90', 'p99', 'p99.9', 'max'].map((head) => padStart(head, 11)).join('');
  return [
    colors.dim(`${padEnd('latency', labelWidth)}${columns}`),
    ...kinds.map(({ name, latency: { p50, p90, p99, p99_9, max } }) => {
      const values = [p50, p90, p99, p99_9, max].map((us) => padStart(microseconds(us), 11)).join('');
      return colors.dim(padEnd(`  ${name}`, labelWidth)) + values;
    }),
  ];
}

export function failureSentence({ message, runs }: Failure, { trials }: CellSummary): string {
  const which =
    runs.length === trials
      ? `No valid trial of ${trials}`
      : `Trial${runs.length === 1 ? '' : 's'} ${runs.join(', ')} left out`;
  return `${which}: ${plain(message)}`;
}

function failureLines(failure: Failure, cell: CellDescription, columns: number, colors: Colors): string[] {
  const what = wrap(failureSentence(failure, cell.summary), columns - 2).map((line, index) =>
    colors.bad(`${index === 0 ? '✗' : ' '} ${line}`),
  );
  return [
    ...what,
    ...failure.lastWords.map((line) => colors.dim(`    ${truncate(plain(line), columns - 4)}`)),
  ];
}
