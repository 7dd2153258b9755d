import type { SlotShare } from '../../../analysis/typical-trial.js';
import { exitWords } from '../../bars.js';
import { integer, percent } from '../../format.js';
import { type CellChartKind, type CellInput, type ChartTable, chartHeight, typicalOf } from '../chart.js';
import { color, slotColor, slotColors } from '../palette.js';
import { categories, dashedAt, grid, rounded, shares } from './axes.js';

export const slots = {
  name: 'slots',
  rank: 2,
  of: ({ run, cell, detail }: CellInput) => {
    const { typical } = cell;
    if (!typical || !detail.typical) return undefined;
    const { of, requestsDiffer } = typical;
    const total = typical.slots.reduce((sum, { connections }) => sum + connections, 0);
    if (total === 0) return undefined;
    const band = detail.typical.band && {
      low: detail.typical.band.low / total,
      high: detail.typical.band.high / total,
    };
    const greatest = Math.max(
      band?.high ?? 0,
      ...typical.slots.map(({ connectionShare, requestShare }) =>
        requestsDiffer ? Math.max(connectionShare, requestShare) : connectionShare,
      ),
    );
    const range = band ? `${percent(band.low)} to ${percent(band.high)}` : '';
    const labelled = typical.slots.length * (requestsDiffer ? 2 : 1) <= 8;
    return {
      title: `${capital(of)} by slot`,
      of: typicalOf({ run, cell }),
      summary: `${capital(of)} by slot: ${extremesOf(typical.slots)}${range && `; fair random draws lie at ${range}`}.`,
      ...(range && {
        note: `Shaded: in 95 % of fair random draws every slot lies within ${range}. Dashed: the even share.`,
      }),
      height: chartHeight,
      option: {
        grid,
        ...(requestsDiffer && { legend: {} }),
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: 'percent' },
        xAxis: categories(
          'slot',
          typical.slots.map(({ slot }) => `${slot}`),
        ),
        yAxis: shares(greatest),
        series: [
          ...processRanks(typical.slots).map((rank, index, { length }) => ({
            ...bars(typical.slots, ({ processes }) => processes[rank]?.connectionShare, rank > 0 ? 0.6 : 1),
            name: length > 1 ? `${of}, process ${rank + 1}` : of,
            stack: 'connections',
            label: label(labelled && length === 1),
            ...(index === 0 && {
              // Behind the bars and what is written on them.
              markLine: { ...dashedAt(1 / typical.slots.length), z: 1 },
              ...(band && { markArea: { ...shaded(band), z: 0 } }),
            }),
          })),
          ...(requestsDiffer
            ? [
                {
                  ...bars(typical.slots, ({ requestShare }) => requestShare, 0.45),
                  name: 'requests',
                  label: label(labelled),
                },
              ]
            : []),
        ],
      },
      table: tableOf(typical.slots, of, requestsDiffer),
    };
  },
} satisfies CellChartKind;

function bars(all: readonly SlotShare[], share: (slot: SlotShare) => number | undefined, opacity: number) {
  return {
    type: 'bar',
    barMaxWidth: 56,
    itemStyle: { color: all.length <= slotColors ? color('muted') : slotColor(0), opacity },
    data: all.map((slot) => {
      const value = share(slot);
      if (value === undefined) return '-';
      const ofSlot = slotColor(slot.slot);
      return all.length > slotColors
        ? rounded(value)
        : { value: rounded(value), itemStyle: { color: ofSlot, opacity } };
    }),
  };
}

/** A slot whose worker was restarted has a process after the other. */
function processRanks(all: readonly SlotShare[]): number[] {
  return Array.from(
    { length: Math.max(1, ...all.map(({ processes }) => processes.length)) },
    (_, rank) => rank,
  );
}

function label(show: boolean) {
  return {
    show,
    position: 'top',
    formatter: 'percent',
    color: color('ink'),
    backgroundColor: color('panel'),
    padding: [1, 3],
    opacity: 1,
    fontSize: 11,
  };
}

function shaded({ low, high }: { low: number; high: number }) {
  return {
    silent: true,
    itemStyle: { color: color('band') },
    data: [[{ yAxis: rounded(low) }, { yAxis: rounded(high) }]],
  };
}

function extremesOf(all: readonly SlotShare[]): string {
  const ranked = all.toSorted((a, b) => b.connectionShare - a.connectionShare);
  const [most, fewest] = [ranked[0], ranked.at(-1)];
  if (!most || !fewest || all.length === 1) return 'one slot took all';
  return `slot ${most.slot} took most, ${percent(most.connectionShare)}, and slot ${fewest.slot} fewest, ${percent(fewest.connectionShare)}`;
}

function tableOf(all: readonly SlotShare[], of: string, requestsDiffer: boolean): ChartTable {
  const killed = all.some(({ processes }) => processes.some(({ exit }) => exit));
  return {
    head: [
      'slot',
      'PID',
      of,
      'share',
      ...(requestsDiffer ? ['requests', 'share'] : []),
      ...(killed ? ['end'] : []),
    ],
    rows: all.flatMap((slot) =>
      (slot.processes.length > 0 ? slot.processes : [{ ...slot, pid: '–', exit: undefined }]).map(
        (process) => [
          `${slot.slot}`,
          `${process.pid}`,
          integer(process.connections),
          percent(process.connectionShare),
          ...(requestsDiffer ? [integer(process.requests), percent(process.requestShare)] : []),
          ...(killed ? [process.exit ? exitWords(process.exit) : ''] : []),
        ],
      ),
    ),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
