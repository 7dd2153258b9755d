import { chartWidth } from './chart.js';
import type { Drawing } from './drawings.js';
import type { LiveChart } from './live-chart.js';
import { html, type Markup, raw } from './markup.js';
import { plainTable } from './table.js';

/** A drawing that also shows without scripts; its figures are in a table for who wants or needs them. */
export function figure({ name, title, of, summary, note, svg, table, width = 0 }: Drawing): Markup {
  const isWide = width > chartWidth;
  return html`<figure id="${name}"${isWide && html` class="wide"`}>
<figcaption>${title} <small>${of}</small></figcaption>
<div class="plot" role="img" aria-label="${summary}"${isWide && html` tabindex="0"`}>${raw(svg)}</div>
${note && html`<p class="note">${note}</p>`}${
  table &&
  html`<details><summary>Figures<span class="hidden">: ${title}</span></summary>${plainTable(title, table)}</details>`
}</figure>
`;
}

/** What the script makes live charts of: an object for each chart, by its name. */
export function optionsJson(drawings: readonly Drawing[]): Markup {
  const live = drawings.filter(({ isStill }) => !isStill);
  const options = live.map(({ name, height, option }): LiveChart => ({ name, height, option }));
  return raw(JSON.stringify(options).replaceAll('<', '\\u003c'));
}

/** Bytes that it takes. */
export function sizeOf(drawing: Drawing): number {
  return Buffer.byteLength(figure(drawing).text) + Buffer.byteLength(optionsJson([drawing]).text);
}
