import type { TransitionShares } from '../../../analysis/detail/transition-shares.js';
import { percent } from '../../format.js';
import { sequencePhrases } from '../../phrases.js';
import { type CellChartKind, type CellInput, typicalOf } from '../chart.js';
import { categories, grid } from './axes.js';
import { inkOn, levels, tileEdge } from './heat.js';

/** Times what chance gives: the bounds of the seven levels. */
const bounds = [0.2, 0.5, 0.8, 1.25, 2, 3];
const words = ['<0.2', '<0.5', '<0.8', '≈1', '>1.25', '>2', '>3'];
const mostLabelled = 8;

export const transitions = {
  name: 'transitions',
  rank: 8,
  of: ({ run, cell, detail }: CellInput) => {
    const shares = detail.typical?.transitions;
    if (!shares) return undefined;
    const { groups } = shares;
    return {
      title: 'Which slot follows which',
      of: typicalOf({ run, cell }),
      summary: `How often each slot follows each in accept order. ${sequencePhrases(cell.summary)[0] ?? ''}`,
      note: `Each row: where the next connection went after one of that slot. Blue is more often than a random draw gives, orange less, in times of it${groups.length === cell.summary.cell.workers ? '' : ', slots in groups'}.`,
      height: 100 + Math.max(6, groups.length) * (groups.length > mostLabelled ? 18 : 30),
      option: {
        grid: { ...grid, top: 40 },
        tooltip: { trigger: 'item', formatter: '{b}' },
        xAxis: categories('to slot', groups),
        yAxis: { ...categories('from slot', groups), inverse: true, nameGap: 34 },
        visualMap: levels('times', words),
        series: [
          {
            type: 'heatmap',
            itemStyle: tileEdge,
            label: { show: groups.length <= mostLabelled, formatter: '{b}' },
            data: items(shares),
          },
        ],
      },
      table: {
        head: ['from \\ to', ...groups],
        rows: groups.map((group, from) => [
          group,
          ...groups.map((_, to) => shareOf(shares, from, to, (share) => percent(share))),
        ]),
      },
    };
  },
} satisfies CellChartKind;

function items({ shares, expected }: TransitionShares): object[] {
  return shares.flatMap((row, from) =>
    (row ?? []).map((share, to) => {
      const level = levelOf(share / (expected[to] ?? 1));
      return { value: [to, from, level], name: percent(share), label: { color: inkOn(level) } };
    }),
  );
}

function levelOf(times: number): number {
  return bounds.filter((bound) => times >= bound).length;
}

function shareOf(
  { shares }: TransitionShares,
  from: number,
  to: number,
  words: (share: number) => string,
): string {
  const share = shares[from]?.[to];
  return share === undefined ? '–' : words(share);
}
