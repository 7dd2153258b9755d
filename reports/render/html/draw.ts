import { type Chart, chartWidth } from './chart.js';
import { init, themeName } from './engine.js';
import { withFormatters } from './formatters.js';
import { escaped } from './markup.js';
import { palette } from './palette.js';
import { fontFamily } from './theme.js';

/** The chart as SVG that takes its colours from the page and its size from where it stands. */
export function drawChart({ option, height }: Chart, name: string): string {
  const chart = init(null, themeName, { renderer: 'svg', ssr: true, width: chartWidth, height });
  try {
    chart.setOption(JSON.parse(JSON.stringify(option), withFormatters));
    return lightened(chart.renderToSVGString(), name);
  } finally {
    chart.dispose();
  }
}

/** The same as a file of its own, in light colours. */
export function standalone(svg: string, title: string, height: number): string {
  const light = new Map(palette('light').map(([name, value]) => [`"var(--${name})"`, `"${value}"`]));
  const colored = svg.replace(/"var\(--[\w-]+\)"/g, (reference) => light.get(reference) ?? reference);
  return `${colored.replace(
    />/,
    ` width="${chartWidth}" height="${height}"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>`,
  )}\n`;
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
