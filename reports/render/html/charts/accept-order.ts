import { integer } from '../../format.js';
import { type CellChartKind, type CellInput, chartWidth, typicalOf } from '../chart.js';
import { slotColors } from '../palette.js';
import { stripSeries } from './strip.js';

const lineHeight = 20;
const margin = 8;
const legendHeight = 30;
/** Where accepts stand at the height of their slot. */
const slotNumbers = 40;
const raisedHeight = { least: 150, most: 320, ofSlot: 12 };

const raisedAxis = {
  show: true,
  name: 'slot',
  nameGap: 26,
  minInterval: 1,
  axisLabel: { showMinLabel: false, showMaxLabel: false },
  splitLine: { show: false },
};

export const acceptOrder = {
  name: 'accept-order',
  rank: 4,
  of: ({ run, cell, detail }: CellInput) => {
    const strip = detail.typical?.strip;
    if (!strip) return undefined;
    const slots = cell.summary.cell.workers;
    const inLines = slots <= slotColors;
    const left = inLines ? 0 : slotNumbers;
    const height = inLines
      ? strip.rows.length * lineHeight
      : Math.min(raisedHeight.most, Math.max(raisedHeight.least, slots * raisedHeight.ofSlot));
    const place = { width: chartWidth - left, height, lines: strip.rows.length };
    const { shown, note, xAxis, yAxis, series } = stripSeries(strip, slots, place);
    return {
      title: 'Accept order',
      of: typicalOf({ run, cell }),
      summary: `The slots of the first ${integer(shown)} accepts: ${strip.rows[0]?.slice(0, 24).join(' ')}${shown > 24 ? ' …' : ''}`,
      note: `The first ${integer(shown)} of ${integer(strip.accepted)} accepts, ${note}.`,
      height: (inLines ? legendHeight : margin) + height + margin,
      isStill: true,
      option: {
        grid: { left, right: 0, top: inLines ? legendHeight : margin, bottom: margin },
        ...(inLines && { legend: { icon: 'rect' } }),
        xAxis,
        yAxis: inLines ? yAxis : { ...yAxis, ...raisedAxis },
        series,
      },
    };
  },
} satisfies CellChartKind;
