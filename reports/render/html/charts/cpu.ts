import type { ProcessCpu } from '../../../analysis/detail/process-cpu.js';
import { seconds } from '../../format.js';
import { cpuPhrases } from '../../phrases.js';
import { type CellChartKind, type CellInput, chartHeight, typicalOf } from '../chart.js';
import { color, slotColor, slotColors } from '../palette.js';
import { amounts, categories, grid, rounded } from './axes.js';

export const cpu = {
  name: 'cpu',
  rank: 6,
  of: ({ run, cell, detail }: CellInput) => {
    const processes = detail.typical?.cpu ?? [];
    if (processes.length === 0) return undefined;
    const slots = cell.summary.cell.workers;
    return {
      title: 'CPU time by process',
      of: typicalOf({ run, cell }),
      summary: `CPU time by process. Servers: ${cpuPhrases(cell.summary).join(', ')}.`,
      height: chartHeight,
      option: {
        grid,
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: 'seconds' },
        xAxis: categories(
          'process',
          processes.map(({ name, part, slot }) => (part === 'worker' ? `${slot}` : name)),
        ),
        yAxis: amounts('seconds', { min: 0 }),
        series: [
          {
            type: 'bar',
            name: 'CPU time',
            barMaxWidth: 56,
            data: processes.map((process) => ({
              value: rounded(process.cpuSeconds),
              itemStyle: { color: paint(process, slots), opacity: process.part === 'client' ? 0.4 : 1 },
            })),
          },
        ],
      },
      table: {
        head: ['process', 'PID', 'CPU time'],
        rows: processes.map(({ name, pid, cpuSeconds }) => [name, `${pid ?? '–'}`, seconds(cpuSeconds)]),
      },
    };
  },
} satisfies CellChartKind;

function paint({ part, slot }: ProcessCpu, slots: number): string {
  if (part !== 'worker') return color('muted');
  return slotColor(slots <= slotColors ? (slot ?? 0) : 0);
}
