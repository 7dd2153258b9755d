import { integer } from '../../format.js';
import { type CellChartKind, type CellInput, chartWidth, typicalOf } from '../chart.js';
import { slotColor, slotColors } from '../palette.js';

const rowHeight = 20;
const margin = 8;
const legendHeight = 30;

/** A rectangle for each accept: a colour's rectangles are one shape, or a page would be of rectangles. */
export const acceptOrder = {
  name: 'accept-order',
  rank: 4,
  of: ({ run, cell, detail }: CellInput) => {
    const strip = detail.typical?.strip;
    if (!strip) return undefined;
    const { rows, accepted } = strip;
    const slots = cell.summary.cell.workers;
    const shown = rows.reduce((sum, row) => sum + row.length, 0);
    const width = rows[0]?.length ?? 1;
    const places = rows.flatMap((row, y) => row.map((slot, x) => ({ slot, at: [x, y] })));
    const colors = Array.from({ length: Math.min(slots, slotColors) }, (_, index) => index);
    const again = slots > slotColors ? ' Slots that are eight apart have one colour.' : '';
    return {
      title: 'Accept order',
      of: typicalOf({ run, cell }),
      summary: `The slots of the first ${integer(shown)} accepts: ${rows[0]?.slice(0, 24).join(' ')}${shown > 24 ? ' …' : ''}`,
      note: `The first ${integer(shown)} of ${integer(accepted)} accepts, in lines of ${width}, each in the colour of its slot.${again}`,
      height: legendHeight + rows.length * rowHeight + margin,
      isStill: true,
      option: {
        grid: { left: 0, right: 0, top: legendHeight, bottom: margin },
        legend: {
          icon: 'rect',
          data: colors.map((index) => nameOf(index, slots)),
        },
        xAxis: { type: 'value', show: false, min: -0.5, max: width - 0.5 },
        yAxis: { type: 'value', show: false, min: -0.5, max: rows.length - 0.5, inverse: true },
        series: colors.map((index) => {
          const data = places.filter(({ slot }) => slot % slotColors === index).map(({ at }) => at);
          return {
            type: 'scatter',
            name: nameOf(index, slots),
            symbol: 'rect',
            symbolSize: [Math.ceil(chartWidth / width) - 1, rowHeight - 3],
            large: data.length > 0,
            largeThreshold: 0,
            clip: false,
            itemStyle: { color: slotColor(index), opacity: 1 },
            data,
          };
        }),
      },
    };
  },
} satisfies CellChartKind;

function nameOf(index: number, slots: number): string {
  return slots > slotColors ? `${index}, ${index + slotColors}…` : `slot ${index}`;
}
