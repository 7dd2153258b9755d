import type { Column } from '../columns.js';
import { uncoloured } from '../uncoloured.js';
import { inline } from './escape.js';

export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(inline).join(' | ')} |`;
  return [
    line(columns.map(({ head }) => head)),
    `|${columns.map(({ align }) => (align === 'right' ? ' --: ' : ' :-- ')).join('|')}|`,
    ...rows.map((row) => line(columns.map(({ value }) => value(row, uncoloured)))),
  ];
}

export function list(sentences: readonly string[]): string[] {
  return sentences.map((sentence) => `- ${sentence}`);
}

/** What explains a table, under it. */
export function caption(phrases: readonly string[]): string {
  return `<sub>${phrases.map(inline).join(' · ')}</sub>`;
}

/** Shut until it is asked for. */
export function details(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'];
}

/** Sections with an empty line between them; those without lines are left out. */
export function page(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
