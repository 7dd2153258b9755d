import { color } from './palette.js';

export const fontFamily = 'system-ui, sans-serif';

const text = { color: color('muted'), fontFamily, fontSize: 12 };
const line = { color: color('line') };
const axis = {
  axisLine: { lineStyle: line },
  axisTick: { show: false },
  axisLabel: { ...text, margin: 10 },
  nameTextStyle: text,
  nameLocation: 'middle',
  splitLine: { show: true, lineStyle: line },
  minorSplitLine: { show: false },
};
const still = { animation: false, emphasis: { disabled: true } };

/** What every chart has in common; colours are the page's, and nothing moves. */
export const theme = {
  animation: false,
  backgroundColor: 'transparent',
  textStyle: text,
  categoryAxis: { ...axis, splitLine: { show: false } },
  valueAxis: { ...axis, axisLine: { show: false } },
  logAxis: axis,
  legend: {
    top: 0,
    left: 0,
    // Where text is measured without its font, it may be wider.
    itemGap: 18,
    itemWidth: 14,
    itemHeight: 10,
    textStyle: text,
    inactiveColor: color('line'),
    inactiveBorderColor: color('line'),
  },
  tooltip: {
    confine: true,
    transitionDuration: 0,
    backgroundColor: color('panel'),
    borderColor: color('line'),
    textStyle: { ...text, color: color('ink') },
    axisPointer: {
      lineStyle: { color: color('muted'), type: 'dashed' },
      shadowStyle: { color: color('muted'), opacity: 0.12 },
    },
  },
  visualMap: {
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 9,
    textGap: 3,
    textStyle: { ...text, fontSize: 11 },
  },
  bar: still,
  line: { ...still, symbol: 'none', lineStyle: { width: 2 } },
  scatter: still,
  heatmap: still,
};
