import type { CellDescription, Failure } from '../analysis/describe.js';
import { renderBars } from './bars.js';
import { renderChart } from './chart.js';
import { microseconds, plural } from './format.js';
import { renderHeading } from './heading.js';
import { latencyRows } from './latency-rows.js';
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
        ...labelled('fairness', fairnessPhrases(summary, colors), inner, colors),
        ...labelled('theory', theoryPhrases(summary), inner, colors),
        ...labelled('active', activePhrases(summary), inner, colors),
        ...labelled('sequence', sequencePhrases(summary), inner, colors),
        ...labelled('requests', requestPhrases(summary), inner, colors),
        ...labelled('throughput', throughputPhrases(summary, colors), inner, colors),
        ...labelled('CPU', cpuPhrases(summary), inner, colors),
        ...latencyLines(cell, colors),
        ...(overTime ? ['', ...renderChart(overTime, inner, colors)] : []),
      ]
    : [];
  const failures = cell.failures.flatMap((failure) => failureLines(failure, cell, inner, colors));
  return [
    heading(cell, columns, colors),
    ...[...body, ...(typical && failures.length > 0 ? [''] : []), ...failures].map((line) =>
      `${' '.repeat(indent)}${line}`.trimEnd(),
    ),
  ];
}

function heading(cell: CellDescription, columns: number, colors: Colors): string {
  return renderHeading(cell.label, cellNote(cell), columns, colors);
}

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

function latencyLines({ summary }: CellDescription, colors: Colors): string[] {
  const kinds = latencyRows(summary);
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

function failureLines(failure: Failure, cell: CellDescription, columns: number, colors: Colors): string[] {
  const what = wrap(failureWords(failure, cell), columns - 2).map((line, index) =>
    colors.red(`${index === 0 ? '✗' : ' '} ${line}`),
  );
  return [
    ...what,
    ...failure.lastWords.map((line) => colors.dim(`    ${truncate(plain(line), columns - 4)}`)),
  ];
}

export function failureWords({ message, runs }: Failure, { summary }: CellDescription): string {
  const which =
    runs.length === summary.trials
      ? `No valid trial of ${summary.trials}`
      : `Trial${runs.length === 1 ? '' : 's'} ${runs.join(', ')} left out`;
  return `${which}: ${plain(message)}`;
}
