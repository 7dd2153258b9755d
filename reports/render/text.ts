import { stripVTControlCharacters } from 'node:util';

/** Columns on the terminal: colour takes none. */
export function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** Text from outside (a path, an error message) as one harmless line: no escape, no control character. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

export function truncate(text: string, columns: number): string {
  return width(text) <= columns ? text : `${[...text].slice(0, Math.max(0, columns - 1)).join('')}…`;
}

/** Lines of at most `columns`, broken between words, and within a word only where it is longer than a line. */
export function wrap(text: string, columns: number): string[] {
  const words = text.split(' ').flatMap((word) => chunks(word, columns));
  return joinUpTo(words, ' ', columns);
}

/** Whole phrases joined by `separator`; a line ends before a phrase that does not fit, a long phrase is wrapped. */
export function flow(phrases: readonly string[], separator: string, columns: number): string[] {
  return joinUpTo(phrases, separator, columns).flatMap((line) => wrap(line, columns));
}

function joinUpTo(pieces: readonly string[], separator: string, columns: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const longer = last === undefined ? piece : last + separator + piece;
    if (last !== undefined && width(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}

function chunks(word: string, columns: number): string[] {
  if (width(word) <= columns) return [word];
  const letters = [...word];
  return Array.from({ length: Math.ceil(letters.length / columns) }, (_, index) =>
    letters.slice(index * columns, (index + 1) * columns).join(''),
  );
}
