import { integer, microseconds, seconds } from '../../format.js';
import { type CellChartKind, type CellInput, chartHeight, typicalOf } from '../chart.js';
import { heatLevels } from '../palette.js';
import { categories, grid } from './axes.js';
import { levels, tileEdge } from './heat.js';

export const latencyOverTime = {
  name: 'latency-over-time',
  rank: 9,
  of: ({ run, cell, detail }: CellInput) => {
    const overTime = detail.typical?.latencyOverTime;
    if (!overTime) return undefined;
    const { columnSeconds, boundsUs, counts } = overTime;
    const most = Math.max(...counts.flat());
    const rows = boundsUs
      .slice(0, -1)
      .map((bound, row) => `${microseconds(bound)} – ${microseconds(boundsUs[row + 1] ?? bound)}`);
    const [low, high] = [boundsUs[0] ?? 0, boundsUs.at(-1) ?? 0];
    return {
      title: 'Response time over time',
      of: typicalOf({ run, cell }),
      summary: `Response times over ${seconds(counts.length * columnSeconds)}, between ${microseconds(low)} and ${microseconds(high)}.`,
      note: `Answers in each ${seconds(columnSeconds)}, the window’s drain included; a colour begins at the number beside it.`,
      height: chartHeight + 20,
      option: {
        grid: { ...grid, left: 110, top: 40 },
        tooltip: { trigger: 'item', formatter: '{b}' },
        xAxis: categories(
          'since the window opened',
          counts.map((_, column) => seconds((column + 1) * columnSeconds)),
        ),
        yAxis: { type: 'category', data: rows },
        visualMap: levels('heat', levelWords(most)),
        series: [
          {
            type: 'heatmap',
            itemStyle: tileEdge,
            label: { show: false },
            data: counts.flatMap((column, x) =>
              column.flatMap((count, y) =>
                count > 0
                  ? [{ value: [x, y, levelOf(count, most)], name: `${integer(count)} at ${rows[y]}` }]
                  : [],
              ),
            ),
          },
        ],
      },
    };
  },
} satisfies CellChartKind;

/** Equal factors from 1 to the most. */
function levelOf(count: number, most: number): number {
  return most <= 1
    ? heatLevels - 1
    : Math.min(heatLevels - 1, Math.floor((Math.log(count) / Math.log(most)) * heatLevels));
}

function levelWords(most: number): string[] {
  return Array.from({ length: heatLevels }, (_, level) => short(Math.ceil(most ** (level / heatLevels))));
}

function short(count: number): string {
  return count < 1000 ? `${count}` : `${Number((count / 1000).toPrecision(2))}k`;
}
