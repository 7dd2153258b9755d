export interface RenderOptions {
  /** Width of the terminal. */
  columns: number;
  color: boolean;
}

const narrowest = 80;
const widest = 100;

/** What of a terminal's width a page uses. */
export function pageWidth(columns: number): number {
  return Math.min(Math.max(columns, narrowest), widest);
}

/** The sections that have lines, with an empty line between them. */
export function pageOf(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}
