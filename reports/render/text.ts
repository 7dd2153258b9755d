import { stripVTControlCharacters } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';

/** Columns on the terminal: colour takes none, a Chinese letter two. */
export function width(text: string): number {
  let columns = 0;
  for (const letter of stripVTControlCharacters(text)) columns += widthOf(letter);
  return columns;
}

function widthOf(letter: string): number {
  const codePoint = letter.codePointAt(0) as number;
  return codePoint < firstWide ? 1 : eastAsianWidth(codePoint);
}

/** Hangul Jamo: all before are narrow. */
const firstWide = 0x1100;

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
  return width(text) <= columns ? text : `${leading(text, columns - 1)}…`;
}

/** As many letters as there is room for. */
function leading(text: string, columns: number): string {
  let [taken, room] = ['', columns];
  for (const letter of text) {
    room -= widthOf(letter);
    if (room < 0) break;
    taken += letter;
  }
  return taken;
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
  const pieces: string[] = [];
  let rest = word;
  while (width(rest) > columns) {
    const [first = ''] = rest;
    const piece = leading(rest, columns) || first;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}
