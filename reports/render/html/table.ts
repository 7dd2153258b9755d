import type { Column, TableText } from '../columns.js';
import { uncoloured } from '../uncoloured.js';
import type { ChartTable } from './chart.js';
import { html, type Markup } from './markup.js';

/** The table that the terminal prints, its first column naming the row. */
export function columnsTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { title, captions }: Pick<TableText<Row>, 'title' | 'captions'>,
): Markup {
  const isLabel = (index: number) => index === 0;
  const align = (column: Column<Row>) => (column.align === 'right' ? html` class="number"` : '');
  return scrolling(
    title,
    html`<table><caption class="hidden">${title}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${align(column)}>${column.head}</th>`)}</tr></thead>
<tbody>${rows.map(
      (row) =>
        html`<tr>${columns.map((column, index) => {
          const text = column.value(row, uncoloured);
          return isLabel(index)
            ? html`<th scope="row"${align(column)}>${text}</th>`
            : html`<td${align(column)}>${text}</td>`;
        })}</tr>`,
    )}</tbody></table>`,
    captions.join(' · '),
  );
}

/** Figures; the first column names the row. */
export function plainTable(title: string, { head, rows }: ChartTable): Markup {
  return scrolling(
    title,
    html`<table class="figures"><caption class="hidden">${title}</caption>
<thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows.map(
      ([name, ...figures]) =>
        html`<tr><th scope="row">${name}</th>${figures.map((text) => html`<td>${text}</td>`)}</tr>`,
    )}</tbody></table>`,
  );
}

/** A wide table scrolls in its own box, by keyboard too. */
function scrolling(title: string, table: Markup, note?: string): Markup {
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${title}">${table}</div>${
    note && html`<p class="note">${note}</p>`
  }`;
}
