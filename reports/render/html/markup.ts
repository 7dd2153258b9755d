import { plain } from '../text.js';

/** HTML in which what came from outside is escaped already. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | false | null | undefined | readonly Part[];

/** A template of HTML: text among the values is escaped, Markup is not. */
export function html(literals: TemplateStringsArray, ...values: Part[]): Markup {
  return new Markup(String.raw({ raw: literals }, ...values.map(textOf)));
}

/** Text that is harmless in HTML as it stands: our own script and style, and drawings made here. */
export function raw(text: string): Markup {
  return new Markup(text);
}

/** As the value of an attribute or between tags; without control characters. */
export function escaped(text: string): string {
  return plain(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join('');
  return part === false || part === null || part === undefined ? '' : escaped(String(part));
}
