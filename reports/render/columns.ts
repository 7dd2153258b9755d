import Table from 'cli-table3';
import pico from 'picocolors';
import type { CellDescription, RunDescription } from '../analysis/describe.js';
import { renderHeading } from './heading.js';
import type { Colors } from './palette.js';
import { flow, plain, truncate, width } from './text.js';

export interface TableText {
  title: string;
  note: string;
  captions: string[];
}

/** The cells side by side, one row each; narrower variants drop padding first, then the least telling columns. */
export function renderColumns(
  rows: readonly CellDescription[],
  all: Column[],
  { title, note, captions }: TableText,
  columns: number,
  colors: Colors,
): string[] {
  const inner = columns - 2;
  const variants = [
    { shown: all, gap: 2 },
    { shown: all.map(shortened), gap: 2 },
    ...[0, 1, 2].map((rank) => ({
      shown: all.map(shortened).filter(({ drop }) => !drop || drop > rank),
      gap: 1,
    })),
  ];
  const fits = ({ shown, gap }: Variant) =>
    shown.reduce((sum, column) => sum + naturalWidth(column, rows) + gap, -gap) <= inner;
  const { shown, gap } = variants.find(fits) ?? (variants.at(-1) as Variant);

  const table = new Table({
    head: shown.map(({ head }) => colors.dim(head)),
    colAligns: shown.map(({ align }) => align),
    chars: borderless,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': gap },
  });
  table.push(...rows.map((row) => shown.map(({ value }) => value(row, colors))));
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const [head = '', ...body] = lines;
  return [
    renderHeading(title, note, columns, colors),
    ...[
      head,
      colors.dim('─'.repeat(Math.max(...lines.map(width)))),
      ...body.flatMap((line, index) => (startsGroup(rows, index) ? ['', line] : [line])),
      ...flow(captions, ' · ', inner).map((line) => colors.dim(line)),
    ].map((line) => `  ${line}`),
  ];
}

/** A gap before the cells of another Node or number of workers: policies are compared within a group. */
function startsGroup(cells: readonly CellDescription[], index: number): boolean {
  const [before, here] = [cells[index - 1]?.summary.cell, cells[index]?.summary.cell];
  return before !== undefined && (before.workers !== here?.workers || before.node !== here?.node);
}

export interface Column {
  head: string;
  align: 'left' | 'right';
  value: (cell: CellDescription, colors: Colors) => string;
  /** The head where there is little room. */
  short?: string;
  /** Left out when the table is too wide, 1 first; never when absent. */
  drop?: number;
}

interface Variant {
  shown: Column[];
  gap: number;
}

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** What tells the cells of a run apart, in the first columns of every table. */
export function labelColumns({ varies }: RunDescription): Column[] {
  const columns: (Column | false)[] = [
    {
      head: 'policy',
      align: 'left',
      value: ({ summary }, { bold }) => bold(truncate(plain(summary.cell.policy), 14)),
    },
    varies.workers && {
      head: 'workers',
      align: 'right',
      value: ({ summary }) => String(summary.cell.workers),
    },
    varies.node && {
      head: 'Node',
      align: 'right',
      value: ({ nodeVersion }) => truncate(plain(nodeVersion), 9),
    },
  ];
  return columns.filter((column) => column !== false);
}

export function some(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}

function shortened(column: Column): Column {
  return { ...column, head: column.short ?? column.head };
}

function naturalWidth({ head, value }: Column, rows: readonly CellDescription[]): number {
  const plainColors = pico.createColors(false);
  return Math.max(width(head), ...rows.map((row) => width(value(row, plainColors))));
}
