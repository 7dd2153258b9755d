import type { AcceptStrip } from '../../../analysis/detail/accept-strip.js';
import { integer } from '../../format.js';
import { slotColor, slotColors } from '../palette.js';

/** Where a strip is drawn, in pixels, and on which of the chart's axes. */
export interface Place {
  width: number;
  height: number;
  /** Lines, at most. */
  lines: number;
  axis?: number;
}

/** More accepts across than this are too narrow to be seen. */
const mostAcross = 192;

/**
 * The slots of the first accepts. In lines, as text is read, each accept in its slot's colour; where there are more slots than
 * colours in one line, each accept at its slot's height. A colour's rectangles are one shape, or a page would be of rectangles.
 */
export function stripSeries({ rows }: AcceptStrip, slots: number, { width, height, lines, axis = 0 }: Place) {
  const inLines = slots <= slotColors;
  const order = inLines ? rows.slice(0, lines).flat() : rows.flat().slice(0, mostAcross);
  const across = inLines ? (rows[0]?.length ?? 1) : order.length;
  const down = inLines ? Math.min(lines, rows.length) : slots;
  const places = order.map((slot, index) => ({
    slot,
    at: inLines ? [index % across, Math.floor(index / across)] : [index, slot],
  }));
  const colors = inLines ? Array.from({ length: slots }, (_, slot) => slot) : [0];
  return {
    shown: order.length,
    note: inLines
      ? `in lines of ${integer(across)}, each in the colour of its slot`
      : 'from left to right, each at the height of its slot',
    xAxis: { type: 'value', show: false, min: -0.5, max: across - 0.5, gridIndex: axis },
    yAxis: { type: 'value', show: false, min: -0.5, max: down - 0.5, inverse: true, gridIndex: axis },
    series: colors.map((color) => {
      const data = places.filter(({ slot }) => !inLines || slot === color).map(({ at }) => at);
      return {
        type: 'scatter',
        name: `slot ${color}`,
        symbol: 'rect',
        symbolSize: inLines
          ? [gap(width / across, 1), gap(height / down, 3)]
          : [gap(width / across, 0), gap(height / down, 0)],
        large: data.length > 0,
        largeThreshold: 0,
        clip: false,
        xAxisIndex: axis,
        yAxisIndex: axis,
        itemStyle: { color: slotColor(color), opacity: 1 },
        data,
      };
    }),
  };
}

function gap(pitch: number, pixels: number): number {
  return Math.max(1, Math.ceil(pitch) - pixels);
}
