import { usageError } from '../harness/errors.js';
import { didYouMean } from './suggest.js';

/** Reads the text of one flag; `name` is how the user wrote the flag, for the message. An empty text is a missing value. */
export type Parse<T> = (text: string, name: string) => T;

/** Refuse a value in one line that says what would have been right. */
export function refuse(name: string, text: string, expected: string): never {
  const complaint = text === '' ? `${name}: a value is missing` : `${name} ${text}`;
  const join = text === '' ? '; ' : ': ';
  throw usageError('bad-option', oneLine(`${complaint}${join}expected ${expected}`));
}

/** Text of the user's for a message: control characters and line ends are spelled out. */
export function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    const hex = character.codePointAt(0)?.toString(16);
    return `\\u{${hex}}`;
  });
}

/** Any text but none. */
export function text(expected: string): Parse<string> {
  return (value, name) => (value === '' ? refuse(name, value, expected) : value);
}

/** Text that fits a pattern. */
export function matching(pattern: RegExp, expected: string): Parse<string> {
  return (value, name) => (pattern.test(value) ? value : refuse(name, value, expected));
}

/** A whole number in decimal digits, `min` to `max`. */
export function wholeNumber(
  { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number },
  expected: string,
): Parse<number> {
  return (value, name) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return number >= min && number <= max ? number : refuse(name, value, expected);
  };
}

/** One name out of some. An alias stands for the name it maps to. */
export function oneOf<Name extends string>(
  names: readonly Name[],
  aliases: Readonly<Record<string, Name>> = {},
): Parse<Name> {
  return (value, name) => {
    const found = Object.hasOwn(aliases, value) ? aliases[value] : names.find((known) => known === value);
    if (found !== undefined) return found;
    const allowed = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
    const hint = value === '' ? '' : didYouMean(value, [...names, ...Object.keys(aliases)]);
    return refuse(name, value, `${allowed}${hint}`);
  };
}

/** A number above 0, in decimal digits. */
export function positiveNumber(max: number, expected: string): Parse<number> {
  return (value, name) => {
    const number = /^(\d+(\.\d+)?|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
    return number > 0 && number <= max ? number : refuse(name, value, expected);
  };
}

/** One value per flag, where a flag may be repeated. */
export function each<T>(parse: Parse<T>): Parse<T[]> {
  return (value, name) => [parse(value, name)];
}

/** Values apart by commas. */
export function listOf<T>(parse: Parse<T>, expected?: string): Parse<T[]> {
  return (value, name) => {
    const items = value.split(',').map((item) => item.trim());
    if (items.length > 1 && items.includes(''))
      throw usageError(
        'bad-option',
        oneLine(`${name} ${value}: an item of the list is empty; ${wayOut(expected)}`),
      );
    return items.map((item) => parse(item, name));
  };
}

function wayOut(expected: string | undefined): string {
  return expected === undefined ? 'take the extra comma out' : `expected ${expected}`;
}
