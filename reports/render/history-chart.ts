import asciichart from 'asciichart';
import { median } from 'simple-statistics';
import type { Series } from '../analysis/history-series.js';
import { figure } from './history-words.js';
import type { Colors } from './palette.js';

const labelWidth = 9;
/** Label, a space and the axis. */
const axisWidth = labelWidth + 2;
const mostRows = 6;
/** Columns per run. */
const widest = 4;
/** From bottom to top, as a share of the greatest figure: less would show noise as mountains. */
const leastSpan = 0.1;
const leastSpanOfJain = 0.01;

/** A line over the runs, blank where there is a gap; below it the runs at which it changed. */
export function renderSeries(series: Series, runs: number, columns: number, colors: Colors): string[] {
  const width = Math.min(columns - axisWidth, runs * widest);
  const line = lineOf(series, runs, width);
  const { low, step, rows } = grid(series);
  let last = line.find((value) => value !== undefined) ?? low;
  // Of what asciichart draws, the first value is on the axis.
  const drawn = [
    last,
    ...line.map((value) => {
      last = value ?? last;
      return last;
    }),
  ];
  const plot = asciichart.plot([drawn], {
    min: low,
    max: low + rows * step,
    height: rows,
    offset: 3,
    format: (value) => figure(series, Math.abs(value)).padStart(labelWidth),
  });
  const withGaps = (text: string) =>
    [...text.slice(axisWidth)]
      .map((sign, at) => (line[at] === undefined ? ' ' : sign))
      .join('')
      .trimEnd();
  return [
    ...plot.split('\n').map((text) => text.slice(0, axisWidth) + colors.usual(withGaps(text))),
    colors.dim(runAxis(series, runs, width)),
  ];
}

/** A figure per column: a run has several, or several runs share one and it is their median. */
function lineOf({ points }: Series, runs: number, width: number): (number | undefined)[] {
  return Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * runs) / width) + 1;
    const to = Math.max(from, Math.floor(((column + 1) * runs) / width));
    const values = points.filter(({ run }) => run >= from && run <= to).map(({ value }) => value);
    return values.length === 0 ? undefined : median(values);
  });
}

/** Rows at round figures, from below the least to above the greatest. */
function grid({ points, metric }: Series): { low: number; step: number; rows: number } {
  const values = points.map(({ value }) => value);
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const share = metric === 'jain' ? leastSpanOfJain : leastSpan;
  const span = Math.max(greatest - least, greatest * share);
  const ceiling = metric === 'jain' ? 1 : Number.POSITIVE_INFINITY;
  const top = Math.min((greatest + least + span) / 2, ceiling);
  const bottom = Math.min(least, top - span);
  const steps = roundSteps((top - bottom) / mostRows);
  const rowsOf = (step: number) => Math.ceil(top / step - 1e-9) - Math.floor(bottom / step + 1e-9);
  const step = steps.find((candidate) => rowsOf(candidate) <= mostRows) ?? top;
  return { low: Math.floor(bottom / step + 1e-9) * step, step, rows: rowsOf(step) };
}

/** 1, 2 and 5 times powers of ten, from below `least` up. */
function roundSteps(least: number): number[] {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10, 20, 50].map((times) => times * power);
}

/** The first run and the last, and between them those at which a change is marked. */
function runAxis({ changes }: Series, runs: number, width: number): string {
  const signs = Array<string>(width).fill(' ');
  const write = (at: number, text: string) => {
    const room = signs.slice(Math.max(0, at - 1), at + text.length + 1);
    if (at < 0 || at + text.length > width || room.some((sign) => sign !== ' ')) return false;
    signs.splice(at, text.length, ...text);
    return true;
  };
  for (const { run } of changes) {
    const column = Math.ceil(((run - 1) * width) / runs);
    const isWritten = write(column, `▲ ${run}`) || write(column - `${run} `.length, `${run} ▲`);
    if (!isWritten) signs[Math.min(column, width - 1)] = '▲';
  }
  write(0, '1');
  write(width - `${runs}`.length, `${runs}`);
  return `${' '.repeat(axisWidth)}${signs.join('')}`.trimEnd();
}
