import { TitleComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { type Chart, chartWidth } from './chart.js';
import { init, themeName } from './engine.js';
import { withFormatters } from './formatters.js';
import { fontFamily } from './theme.js';

// What is still has it; the page's script does without.
use([TitleComponent]);

/** The chart as SVG that takes its colours from the page and its size from where it stands. */
export function drawChart({ option, width = chartWidth, height }: Chart, name: string): string {
  const chart = init(null, themeName, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(JSON.parse(JSON.stringify(option), withFormatters));
    return lightened(chart.renderToSVGString(), name);
  } finally {
    chart.dispose();
  }
}

/** Where a pointer would be caught. */
const unseen =
  /<path d="[^"]*"(?: transform="[^"]*")? (?:fill="none"|fill="rgb\(0,0,0\)" fill-opacity="0" stroke="[^"]*" stroke-width="0")><\/path>/g;
const font = /style="font-size:12px;font-family:[^"]*;" ?/g;

/**
 * Without what only a pointer would need: hover styles, and the library's marks. Quotes are escaped in text, so that an
 * attribute is never one in a label. Names of clip paths are the chart's own, since a page holds many charts.
 */
function lightened(svg: string, name: string): string {
  return svg
    .replace(/<style ?>[\s\S]*?<\/style>/g, '')
    .replace(
      / (?:ecmeta_[a-z_]+|class|pointer-events|xml:space|xmlns:xlink|version|baseProfile)="[^"]*"/g,
      '',
    )
    .replaceAll('<text dominant-baseline="central"', '<text')
    .replace(unseen, '')
    .replace(/ stroke="[^"]*" stroke-width="0"(?: stroke-opacity="[^"]*")?/g, '')
    .replace(
      /^<svg width="[^"]*" height="[^"]*"/,
      `<svg font-family="${fontFamily}" font-size="12" dominant-baseline="central"`,
    )
    .replace(font, '')
    .replace(/(id="|url\(#)zr\d+-/g, `$1${name}-`)
    .replace(/<rect width="[\d.]+" height="[\d.]+" x="0" y="0" fill="[^"]*"><\/rect>/, '')
    .replace(/ (?:d|points|transform|x|y)="[^"]*"/g, (place) => place.replace(/(\d\.\d)\d+/g, '$1'))
    .replace(/ ?><\/(?:path|polygon|polyline|rect|circle)>/g, '/>')
    .replace(/\s*\n\s*/g, '');
}
