import type { PercentileCurve } from '../../../analysis/detail/percentile-curve.js';
import { latenciesOf } from '../../cell.js';
import { microseconds } from '../../format.js';
import { latencyName } from '../../words.js';
import { type CellChartKind, type CellInput, chartHeight } from '../chart.js';
import type { ChartOption } from '../live-chart.js';
import { slotColor } from '../palette.js';
import { atLeastOne, grid, latencies, rounded } from './axes.js';

export const percentiles = {
  name: 'percentiles',
  rank: 4,
  of: ({ cell, detail }: CellInput) => {
    if (detail.percentiles.length === 0) return undefined;
    const [first] = latenciesOf(cell.summary);
    return {
      title: 'Latency by percentile',
      of: 'all valid trials together',
      summary: `Latency by percentile${first ? `: ${first.name} time p50 ${microseconds(first.latency.p50)}, p99 ${microseconds(first.latency.p99)}, at most ${microseconds(first.latency.max)}` : ''}.`,
      note: rarityNote,
      height: chartHeight,
      option: curves(
        detail.percentiles.map(({ kind, curve }, index) => ({
          name: latencyName[kind],
          curve,
          color: slotColor([2, 1, 0, 3][index] ?? 0),
        })),
      ),
    };
  },
} satisfies CellChartKind;

export const handOff = {
  name: 'hand-off',
  rank: 8,
  of: ({ cell, detail }: CellInput) => {
    const { handOff } = cell.summary;
    if (!handOff || !detail.handOff) return undefined;
    const { p50, p99, max } = handOff.latency;
    return {
      title: 'Hand-off by percentile',
      of: 'all valid trials together',
      summary: `From the primary’s sending of a connection to its worker’s answer: p50 ${microseconds(p50)}, p99 ${microseconds(p99)}, at most ${microseconds(max)}.`,
      note: 'From the primary’s sending of a connection to its worker’s answer.',
      height: chartHeight,
      option: curves([{ name: 'hand-off', curve: detail.handOff, color: slotColor(5) }]),
    };
  },
} satisfies CellChartKind;

export const rarityNote = 'Each step to the right is ten times as rare; both axes are logarithmic.';

/** On HdrHistogram's axis, 1/(1 − q). */
export function curves(all: readonly { name: string; curve: PercentileCurve; color: string }[]): ChartOption {
  const rarest = Math.max(10, ...all.map(({ curve }) => curve.at(-1)?.rarity ?? 1));
  return {
    grid,
    legend: {},
    tooltip: { trigger: 'axis', valueFormatter: 'microseconds' },
    xAxis: {
      type: 'log',
      name: 'percentile',
      nameGap: 26,
      min: 1,
      max: rounded(rarest),
      axisLabel: { formatter: 'percentile' },
      axisPointer: { label: { formatter: 'rarity' } },
    },
    yAxis: latencies(),
    series: all.map(({ name, curve, color: paint }) => ({
      type: 'line',
      name,
      itemStyle: { color: paint },
      lineStyle: { color: paint },
      data: curve.map(({ rarity, us }) => [rounded(rarity), atLeastOne(rounded(us))]),
    })),
  };
}
