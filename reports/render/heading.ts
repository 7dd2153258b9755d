import type { Colors } from './palette.js';
import { plain, truncate, width } from './text.js';

/** `── name ───────────── note ──`, `columns` wide. */
export function renderHeading(name: string, note: string, columns: number, colors: Colors): string {
  const right = note ? ` ${plain(note)} ──` : '';
  const left = truncate(plain(name), columns - width(right) - 8);
  const rule = '─'.repeat(columns - width(left) - width(right) - 4);
  return `${colors.dim('──')} ${colors.bold(left)} ${colors.dim(rule + right)}`;
}
