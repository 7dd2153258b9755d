import type { CellDescription, RunDescription } from '../analysis/describe.js';
import { type Column, labelColumns, renderColumns, some, startsGroup, type TableText } from './columns.js';
import { jain, microseconds, significant } from './format.js';
import { type Colors, verdictPaint } from './palette.js';
import { exchangeNoun, latencyName, verdictWord } from './words.js';

/** The cells side by side, one row each. */
export function renderTable(run: RunDescription, columns: number, colors: Colors): string[] {
  const text = { ...tableText(run), startsGroup };
  return renderColumns(run.cells, [...labelColumns(run), ...figureColumns(run)], text, columns, colors);
}

export function tableText(run: RunDescription): TableText<CellDescription> {
  return { title: 'compared', note: 'medians over valid trials', captions: captions(run) };
}

export function figureColumns(run: RunDescription): Column[] {
  const compared = run.comparedLatency;
  const latency = (which: 'p50' | 'p99'): Column => ({
    head: which,
    align: 'right',
    value: ({ summary }) => some(compared && summary.latency[compared]?.[which], microseconds),
  });
  const invalid = run.cells.some(({ summary }) => summary.validTrials < summary.trials);
  const short = run.cells[0] && exchangeNoun(run.cells[0].summary) === 'connection' ? 'conn' : 'req';
  const columns: (Column | false)[] = [
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
  return summary.validTrials < summary.trials ? colors.bad(text) : text;
}

function verdict({ summary }: CellDescription, colors: Colors): string {
  if (summary.validTrials === 0) return colors.bad('invalid');
  const found = summary.fairness.connections.verdict;
  return found ? verdictPaint(colors, found)(verdictWord[found]) : '–';
}

export function captions({ comparedLatency }: RunDescription): string[] {
  return [
    ...(comparedLatency ? [`p50, p99: ${latencyName[comparedLatency]} time`] : []),
    'effective: workers × Jain',
    'CPU: of all server processes',
  ];
}
