import type { RunDescription } from '../../../analysis/describe.js';
import type { CellDetail } from '../../../analysis/detail/detail.js';
import { loadFacts, machineFacts } from '../../header.js';
import type { RunChartKind } from '../chart.js';
import { color } from '../palette.js';
import { cellRow, mostShares, type Place, type Shown, shownOf } from './overview-row.js';

const width = 800;
const head = 36;
const foot = 28;
const rowHeight = 118;
const mostRows = 8;

/** Who got the connections, a row for each cell: in which order, and how many in all. */
export const overview = {
  name: 'overview',
  rank: 3,
  of: (run: RunDescription, details: readonly CellDetail[]) => {
    const all = run.cells.flatMap((cell, index) => shownOf(cell, details[index], run.comparedLatency));
    const shown = all.slice(0, mostRows);
    if (shown.length === 0) return undefined;
    const greatest = Math.max(...shown.map((each) => each.greatest));
    const rows = shown.map((each, index) => cellRow(each, placeOf(index), greatest));
    const height = head + shown.length * rowHeight - placeOf(0).gap + foot;
    return {
      title: 'Who gets the connections',
      of: [...loadFacts(run).slice(0, -1), ...machineFacts(run).slice(0, 2)].join(' · '),
      summary: `Who gets the connections. ${shown.map(({ label, said }) => `${label}: ${said.join(', ')}`).join('; ')}.`,
      note: noteOf(rows, all.length),
      width,
      height,
      isStill: true,
      option: {
        title: [
          { ...caption, text: 'order of accepts', left: placeOf(0).strip.left - 5 },
          { ...caption, text: `share of ${shown[0]?.of}`, left: placeOf(0).bars.left - 5 },
          ...rows.flatMap(({ titles }) => titles),
        ],
        legend: { icon: 'rect', left: 300, top: 0, data: legendOf(shown) },
        grid: rows.flatMap(({ grids }) => grids),
        xAxis: rows.flatMap(({ xAxes }) => xAxes),
        yAxis: rows.flatMap(({ yAxes }) => yAxes),
        series: rows.flatMap(({ series }) => series),
      },
    };
  },
} satisfies RunChartKind;

const caption = { top: 0, textStyle: { color: color('muted'), fontSize: 12, fontWeight: 'normal' } };

function placeOf(index: number): Place {
  return {
    index,
    top: head + index * rowHeight,
    height: 84,
    gap: rowHeight - 84,
    strip: { left: 196, width: 384, lines: 6 },
    bars: { left: 614, width: 180 },
  };
}

/** Of strips whose bars do not bear their slot's number. */
function legendOf(shown: readonly Shown[]): string[] {
  const lengths = shown.flatMap(({ strip, slots }) => (strip ? [slots.length] : []));
  const most = Math.max(0, ...lengths.filter((length) => length <= mostShares));
  return Array.from({ length: most }, (_, slot) => `slot ${slot}`);
}

function noteOf(rows: readonly { note: string }[], cells: number): string {
  const notes = [...new Set(rows.map(({ note }) => note).filter((note) => note !== ''))];
  return [
    ...(notes.length > 0 ? [`The first accepts, ${notes.join('; or ')}.`] : []),
    'Bars: in 95 % of fair random draws every slot ends within the shaded band; dashed is the even share.',
    'Both are of the trial whose Jain index is the median; the figures are of all valid trials.',
    ...(cells > rows.length ? [`The first ${rows.length} of ${cells} cells.`] : []),
  ].join(' ');
}
