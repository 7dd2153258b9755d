import type { CellDescription } from '../../analysis/describe.js';
import type { LatencySummary } from '../../analysis/latency-summary.js';
import type { SlotShare } from '../../analysis/typical-trial.js';
import { exitWords } from '../bars.js';
import { cellNote, cellPhrases, latenciesOf } from '../cell.js';
import type { Column } from '../columns.js';
import { integer, microseconds, percent } from '../format.js';
import { uncoloured } from '../uncoloured.js';
import { html, inline } from './escape.js';
import { details, list, table } from './table.js';

export const labelColumn: Column = { head: 'cell', align: 'left', value: ({ label }) => label };

/** One cell: the slots of a typical trial, and the figures over all valid trials; nothing without one. */
export function renderCell(cell: CellDescription, runs: number): string[] {
  const { typical, summary } = cell;
  if (typical === undefined) return [];
  const figures = cellPhrases(summary, uncoloured).filter(([, phrases]) => phrases.length > 0);
  const latencies = latenciesOf(summary);
  return details(`<b>${html(cell.label)}</b>: ${html(cellNote(cell))}`, [
    `Trial ${typical.run} of ${runs} (median Jain):`,
    '',
    ...table(typical.slots, slotColumns(typical)),
    '',
    ...list(figures.map(([label, phrases]) => `**${label}**: ${phrases.map(inline).join(' · ')}`)),
    ...(latencies.length > 0 ? ['', ...table(latencies, latencyColumns)] : []),
  ]);
}

function slotColumns({ of, requestsDiffer }: NonNullable<CellDescription['typical']>): Column<SlotShare>[] {
  return [
    { head: 'slot', align: 'right', value: ({ slot }) => String(slot) },
    { head: 'PID', align: 'left', value: pids },
    { head: of, align: 'right', value: ({ connections }) => integer(connections) },
    { head: 'share', align: 'right', value: ({ connectionShare }) => percent(connectionShare) },
    ...(requestsDiffer
      ? ([
          { head: 'requests', align: 'right', value: ({ requests }) => integer(requests) },
          { head: 'share', align: 'right', value: ({ requestShare }) => percent(requestShare) },
        ] satisfies Column<SlotShare>[])
      : []),
  ];
}

function pids({ processes }: SlotShare): string {
  const each = processes.map(({ pid, exit }) => (exit ? `${pid} (${exitWords(exit)})` : String(pid)));
  return each.length > 0 ? each.join(', ') : '–';
}

const percentile = (head: string, of: (latency: LatencySummary) => number) =>
  ({
    head,
    align: 'right',
    value: ({ latency }) => microseconds(of(latency)),
  }) satisfies Column<{ latency: LatencySummary }>;

const latencyColumns: Column<{ name: string; latency: LatencySummary }>[] = [
  { head: 'latency', align: 'left', value: ({ name }) => name },
  percentile('p50', ({ p50 }) => p50),
  percentile('p90', ({ p90 }) => p90),
  percentile('p99', ({ p99 }) => p99),
  percentile('p99.9', ({ p99_9 }) => p99_9),
  percentile('max', ({ max }) => max),
];
