import type { CellDescription, RunDescription } from '../analysis/describe.js';
import { renderHeading } from './heading.js';
import { type Colors, createColors } from './palette.js';
import { flow, padEnd, padStart, plain, truncate, width } from './text.js';

export interface TableText<Row> {
  title: string;
  note: string;
  captions: string[];
  /** There is a gap before this row. */
  startsGroup?: (row: Row, before: Row) => boolean;
}

/** Cells, or other things, one row each; narrower variants drop padding first, then the least telling columns. */
export function renderColumns<Row>(
  rows: readonly Row[],
  all: Column<Row>[],
  { title, note, captions, startsGroup = () => false }: TableText<Row>,
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
  const fits = ({ shown, gap }: Variant<Row>) =>
    shown.reduce((sum, column) => sum + naturalWidth(column, rows) + gap, -gap) <= inner;
  const { shown, gap } = variants.find(fits) ?? (variants.at(-1) as Variant<Row>);

  const [head = '', ...body] = aligned(
    shown,
    [
      shown.map(({ head }) => colors.dim(head)),
      ...rows.map((row) => shown.map(({ value }) => value(row, colors))),
    ],
    ' '.repeat(gap),
  );
  return [
    renderHeading(title, note, columns, colors),
    ...[
      head,
      colors.dim('─'.repeat(Math.max(...[head, ...body].map(width)))),
      ...body.flatMap((line, index) => {
        const [before, here] = [rows[index - 1], rows[index]];
        return before && here && startsGroup(here, before) ? ['', line] : [line];
      }),
      ...flow(captions, ' · ', inner).map((line) => colors.dim(line)),
    ].map((line) => `  ${line}`),
  ];
}

/** A gap before the cells of another Node or number of workers: policies are compared within a group. */
export function startsGroup(
  { summary: here }: CellDescription,
  { summary: before }: CellDescription,
): boolean {
  return before.cell.workers !== here.cell.workers || before.cell.node !== here.cell.node;
}

export interface Column<Row = CellDescription> {
  head: string;
  align: 'left' | 'right';
  value: (row: Row, colors: Colors) => string;
  /** The head where there is little room. */
  short?: string;
  /** Left out when the table is too wide, 1 first; never when absent. */
  drop?: number;
}

interface Variant<Row> {
  shown: Column<Row>[];
  gap: number;
}

/** What tells the cells of a run apart, in the first columns of every table. */
export function labelColumns({ varies }: RunDescription): Column[] {
  const columns: (Column | false)[] = [
    varies.side && { head: 'side', align: 'left', value: ({ summary }) => summary.cell.side ?? '–' },
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

export function some<T>(value: T | null | undefined, format: (value: T) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}

/** A line for each row of cells. */
function aligned<Row>(columns: readonly Column<Row>[], rows: readonly string[][], gap: string): string[] {
  const widths = columns.map((_, at) => Math.max(...rows.map((cells) => width(cells[at] ?? ''))));
  const pad = (cell: string, at: number) =>
    columns[at]?.align === 'right' ? padStart(cell, widths[at] ?? 0) : padEnd(cell, widths[at] ?? 0);
  return rows.map((cells) => cells.map(pad).join(gap).trimEnd());
}

function shortened<Row>(column: Column<Row>): Column<Row> {
  return { ...column, head: column.short ?? column.head };
}

function naturalWidth<Row>({ head, value }: Column<Row>, rows: readonly Row[]): number {
  const plainColors = createColors(false);
  return Math.max(width(head), ...rows.map((row) => width(value(row, plainColors))));
}
