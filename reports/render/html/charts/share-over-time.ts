import { percent } from '../../format.js';
import { type CellChartKind, type CellInput, chartHeight, typicalOf } from '../chart.js';
import { dashedAt, elapsed, grid, shares as sharesAxis } from './axes.js';
import { lineSeries } from './lines.js';

export const shareOverTime = {
  name: 'share-over-time',
  rank: 5,
  of: ({ run, cell }: CellInput) => {
    const overTime = cell.typical?.overTime;
    if (!overTime) return undefined;
    const { of, seconds, slots, shares, lines } = overTime;
    const what = of === 'connections' ? 'new connections' : of;
    const greatest = Math.max(...shares.flat());
    const step = seconds / (shares[0]?.length ?? 1);
    const series = lineSeries({ of: lines, values: shares, at: (point) => (point + 0.5) * step });
    return {
      title: `Share of ${what} over time`,
      of: typicalOf({ run, cell }),
      summary: `Share of ${what} over time: between ${percent(Math.min(...shares.flat()))} and ${percent(greatest)} where the even share is ${percent(1 / slots)}.`,
      note: 'Dashed: the even share.',
      height: chartHeight,
      option: {
        grid,
        legend: {},
        tooltip: { trigger: 'axis', valueFormatter: 'percent' },
        xAxis: elapsed(seconds),
        yAxis: sharesAxis(greatest),
        series: series.map((line, index) =>
          index === 0 ? { ...line, markLine: dashedAt(1 / slots) } : line,
        ),
      },
    };
  },
} satisfies CellChartKind;
