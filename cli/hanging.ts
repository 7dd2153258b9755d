import { wrap } from '../reports/render/text.js';
import type { Choice } from './flag.js';

/** A name on the left and its summary, wrapped, on the right, from column `indent` on. */
export function hanging({ name, summary }: Choice, indent: number, columns: number): string[] {
  const [first = '', ...others] = wrap(summary, columns - indent);
  const below = (lines: readonly string[]) => lines.map((line) => ' '.repeat(indent) + line);
  return name.length >= indent
    ? [name, ...below([first, ...others])]
    : [name.padEnd(indent) + first, ...below(others)];
}
