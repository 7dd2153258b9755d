import type { LatencySummary } from '../../../analysis/latency-summary.js';
import { integer, microseconds } from '../../format.js';
import { latencyName } from '../../words.js';
import { type CellChartKind, type CellInput, chartHeight, typicalOf } from '../chart.js';
import { color, slotColor } from '../palette.js';
import { atLeastOne, categories, grid, latencies } from './axes.js';

const shown = [
  { of: 'p50', symbol: 'circle', color: slotColor(0) },
  { of: 'p90', symbol: 'rect', color: slotColor(2) },
  { of: 'p99', symbol: 'triangle', color: slotColor(1) },
  { of: 'max', symbol: 'diamond', color: color('muted') },
] as const;

export const latencyBySlot = {
  name: 'latency-by-slot',
  rank: 6,
  of: ({ run, cell, detail }: CellInput) => {
    const bySlot = detail.typical?.latencyBySlot;
    if (!bySlot) return undefined;
    const { kind, slots, sampling } = bySlot;
    const p99 = slots.flatMap((slot) => slot?.p99 ?? []);
    const name = latencyName[kind];
    return {
      title: `${name.charAt(0).toUpperCase()}${name.slice(1)} time by slot`,
      of: typicalOf({ run, cell }),
      summary: `${name} time by slot: p99 from ${microseconds(Math.min(...p99))} to ${microseconds(Math.max(...p99))}.`,
      ...(sampling > 1 && { note: `Of 1 in ${integer(sampling)} connections.` }),
      height: chartHeight,
      option: {
        grid,
        legend: {},
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: 'microseconds' },
        xAxis: categories(
          'slot',
          slots.map((_, slot) => `${slot}`),
        ),
        yAxis: latencies(),
        series: shown.map(({ of, symbol, color: paint }) => ({
          type: 'scatter',
          name: of,
          symbol,
          symbolSize: 9,
          itemStyle: { color: paint, opacity: 1 },
          data: slots.map((slot) => (slot ? atLeastOne(slot[of]) : '-')),
        })),
      },
      table: {
        head: ['slot', ...shown.map(({ of }) => of)],
        rows: slots.map((slot, index) => [`${index}`, ...shown.map(({ of }) => duration(slot, of))]),
      },
    };
  },
} satisfies CellChartKind;

function duration(slot: LatencySummary | null, of: (typeof shown)[number]['of']): string {
  return slot ? microseconds(slot[of]) : '–';
}
