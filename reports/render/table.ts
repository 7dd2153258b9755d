import Table from 'cli-table3';
import pico from 'picocolors';
import type { CellDescription, RunDescription } from '../analysis/describe.js';
import { jain, microseconds, significant } from './format.js';
import { renderHeading } from './heading.js';
import { type Colors, verdictPaint } from './palette.js';
import { flow, plain, truncate, width } from './text.js';
import { exchangeNoun, latencyName, verdictWord } from './words.js';

/** The cells side by side, one row each; narrower variants drop padding first, then the least telling columns. */
export function renderTable(run: RunDescription, columns: number, colors: Colors): string[] {
  const inner = columns - 2;
  const rows = run.cells;
  const all = tableColumns(run);
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
    renderHeading('compared', 'medians over valid trials', columns, colors),
    ...[
      head,
      colors.dim('─'.repeat(Math.max(...lines.map(width)))),
      ...body.flatMap((line, index) => (startsGroup(rows, index) ? ['', line] : [line])),
      ...flow(captions(run), ' · ', inner).map((line) => colors.dim(line)),
    ].map((line) => `  ${line}`),
  ];
}

/** A gap before the cells of another Node or number of workers: policies are compared within a group. */
function startsGroup(cells: readonly CellDescription[], index: number): boolean {
  const [before, here] = [cells[index - 1]?.summary.cell, cells[index]?.summary.cell];
  return before !== undefined && (before.workers !== here?.workers || before.node !== here?.node);
}

interface Column {
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

function tableColumns(run: RunDescription): Column[] {
  const compared = run.comparedLatency;
  const latency = (which: 'p50' | 'p99'): Column => ({
    head: which,
    align: 'right',
    value: ({ summary }) => some(compared && summary.latency[compared]?.[which], microseconds),
  });
  const invalid = run.cells.some(({ summary }) => summary.validTrials < summary.trials);
  const short = run.cells[0] && exchangeNoun(run.cells[0].summary) === 'connection' ? 'conn' : 'req';
  const columns: (Column | false)[] = [
    {
      head: 'policy',
      align: 'left',
      value: ({ summary }, { bold }) => bold(truncate(plain(summary.cell.policy), 14)),
    },
    run.varies.workers && {
      head: 'workers',
      align: 'right',
      value: ({ summary }) => String(summary.cell.workers),
    },
    run.varies.node && {
      head: 'Node',
      align: 'right',
      value: ({ nodeVersion }) => truncate(plain(nodeVersion), 9),
    },
    invalid && { head: 'valid', align: 'right', value: validTrials },
    {
      head: `${short}/s`,
      align: 'right',
      value: ({ summary }) => some(summary.throughput.median, significant),
    },
    {
      head: 'Jain',
      align: 'right',
      value: ({ summary }) => some(summary.fairness.connections.jain?.median, jain),
    },
    {
      head: 'effective',
      short: 'eff.',
      align: 'right',
      drop: 1,
      value: ({ summary }) => some(summary.fairness.connections.effectiveWorkers?.median, significant),
    },
    { head: 'verdict', align: 'left', value: verdict },
    latency('p50'),
    latency('p99'),
    {
      head: `CPU/${short}`,
      short: 'CPU',
      align: 'right',
      drop: 2,
      value: ({ summary }) => some(summary.cpuPerExchange?.median, microseconds),
    },
  ];
  return columns.filter((column) => column !== false);
}

function validTrials({ summary }: CellDescription, colors: Colors): string {
  const text = `${summary.validTrials}/${summary.trials}`;
  return summary.validTrials < summary.trials ? colors.red(text) : text;
}

function verdict({ summary }: CellDescription, colors: Colors): string {
  if (summary.validTrials === 0) return colors.red('invalid');
  const found = summary.fairness.connections.verdict;
  return found ? verdictPaint(colors, found)(verdictWord[found]) : '–';
}

function captions({ comparedLatency }: RunDescription): string[] {
  return [
    ...(comparedLatency ? [`p50, p99: ${latencyName[comparedLatency]} time`] : []),
    'effective: workers × Jain',
    'CPU: of all server processes',
  ];
}

function shortened(column: Column): Column {
  return { ...column, head: column.short ?? column.head };
}

function some(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}

function naturalWidth({ head, value }: Column, rows: readonly CellDescription[]): number {
  const plainColors = pico.createColors(false);
  return Math.max(width(head), ...rows.map((row) => width(value(row, plainColors))));
}
