import { plain } from '../text.js';

/** What Markdown may take for its own. */
const backslashed = /[\\`*_[\]{}~|#!]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', $: '&#36;' };
const wordJoiner = '\u2060';

/**
 * Any text as words of a line of GitHub's Markdown, in a table or outside one: it formats nothing, ends nothing, links nowhere
 * and calls nobody. It must not begin a line.
 */
export function inline(text: string): string {
  return html(text)
    .replace(backslashed, '\\$&')
    .replace(/(?<=&)\\#(?=\d+;)/g, '#');
}

/** The same inside an HTML element, where Markdown is not read. */
export function html(text: string): string {
  return plain(text)
    .replace(/@(?=\w)|#(?=\d)/g, `$&${wordJoiner}`)
    .replace(/[&<>$]/g, (character) => entities[character] ?? character)
    .replace(/:(?=\/\/)|(?<=www)\./gi, (character) => `&#${character.charCodeAt(0)};`);
}

/** One line, as it is, between fences that it cannot close. */
export function codeBlock(text: string, language = 'text'): string[] {
  const longest = Math.max(2, ...[...plain(text).matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence + language, plain(text), fence];
}
