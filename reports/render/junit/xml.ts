import { plain } from '../text.js';

type Attributes = Record<string, string | number | undefined>;

/** The lines of an element; without content it is closed at once. */
export function element(
  name: string,
  attributes: Attributes,
  content: string | readonly string[][] = [],
): string[] {
  const start = [
    name,
    ...Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}="${escaped(String(value))}"`],
    ),
  ].join(' ');
  if (content.length === 0) return [`<${start}/>`];
  if (typeof content === 'string') return [`<${start}>${escaped(content)}</${name}>`];
  return [`<${start}>`, ...content.flat().map((line) => `  ${line}`), `</${name}>`];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** On one line, and without what XML 1.0 has no way to say: control characters, half surrogates, U+FFFE, U+FFFF. */
function escaped(text: string): string {
  return plain(text)
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
