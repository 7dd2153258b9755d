import { integer } from '../../format.js';
import { type CellChartKind, type CellInput, chartHeight, typicalOf } from '../chart.js';
import { amounts, elapsed, grid } from './axes.js';
import { lineSeries } from './lines.js';

export const openOverTime = {
  name: 'open-over-time',
  rank: 7,
  of: ({ run, cell, detail }: CellInput) => {
    const open = detail.typical?.open;
    if (!open) return undefined;
    const { counts, stepSeconds, lines } = open;
    const all = counts.flat();
    return {
      title: 'Open connections over time',
      of: typicalOf({ run, cell }),
      summary: `Open connections of a slot over time: between ${integer(Math.min(...all))} and ${integer(Math.max(...all))}.`,
      height: chartHeight,
      option: {
        grid,
        legend: {},
        tooltip: { trigger: 'axis', valueFormatter: 'integer' },
        xAxis: elapsed((counts[0]?.length ?? 1) * stepSeconds),
        yAxis: amounts('integer', { min: 0, minInterval: 1 }),
        series: lineSeries({ of: lines, values: counts, at: (point) => (point + 1) * stepSeconds }),
      },
    };
  },
} satisfies CellChartKind;
