import type { ThresholdDescription } from '../analysis/describe-thresholds.js';
import { integer, jain, microseconds, plural, significant } from './format.js';
import { renderHeading } from './heading.js';
import type { Colors } from './palette.js';
import { flow, padEnd, plain, width, wrap } from './text.js';

/** Beyond it the figures begin on a line of their own. */
const widestText = 40;

/** A ✓ or ✗ for each threshold, with the figure of every cell that it is for. */
export function renderThresholds(
  thresholds: readonly ThresholdDescription[],
  columns: number,
  colors: Colors,
): string[] {
  if (thresholds.length === 0) return [];
  const widths = thresholds.map(({ text }) => width(plain(text))).filter((each) => each <= widestText);
  const left = Math.max(12, ...widths);
  return [
    renderHeading('thresholds', thresholdsNote(thresholds), columns, colors),
    ...thresholds
      .flatMap((threshold) => row(threshold, left, columns - 4, colors))
      .map((line) => `  ${line}`),
  ];
}

export function thresholdsNote(thresholds: readonly ThresholdDescription[]): string {
  const missed = thresholds.filter(({ passed }) => !passed).length;
  return missed === 0 ? 'all hold' : `${missed} of ${plural(thresholds.length, 'threshold')} missed`;
}

function row(threshold: ThresholdDescription, left: number, columns: number, colors: Colors): string[] {
  const text = plain(threshold.text);
  const figures = flow(thresholdPhrases(threshold, colors), ' · ', columns - left - 2);
  const beside = width(text) <= left ? figures.shift() : undefined;
  const mark = threshold.passed ? colors.good('✓') : colors.bad('✗');
  return [
    ...wrap(beside === undefined ? text : `${padEnd(text, left)}  ${beside}`, columns),
    ...figures.map((figure) => `${' '.repeat(left + 2)}${figure}`),
  ].map((line, index) => `${index === 0 ? mark : ' '} ${line}`);
}

/** The cells are named where there are several, and those that missed are marked where not all did. */
export function thresholdPhrases({ cells, unit }: ThresholdDescription, colors: Colors): string[] {
  const differ = new Set(cells.map(({ passed }) => passed)).size > 1;
  return cells.map(({ label, value, floor, passed }) => {
    const name = cells.length > 1 ? `${plain(label)}: ` : '';
    const beside = floor === undefined || floor === null ? '' : ` (floor ${figure(floor, unit)})`;
    const phrase = `${differ && !passed ? '✗ ' : ''}${name}${figure(value, unit)}${beside}`;
    return passed ? phrase : colors.bad(phrase);
  });
}

function figure(value: number | string | null, unit: ThresholdDescription['unit']): string {
  if (value === null) return 'no value';
  if (typeof value === 'string') return plain(value);
  switch (unit) {
    case 'us':
      return microseconds(value);
    case '1/s':
      return `${significant(value)}/s`;
    case 'ratio':
      return jain(value);
    default:
      return Number.isInteger(value) ? integer(value) : significant(value);
  }
}
