/** A field: text, a number, or nothing. */
export type Field = string | number | boolean | null | undefined;

/** RFC 4180, the first line the names of the fields. */
export function csvOf(names: readonly string[], rows: readonly (readonly Field[])[]): string {
  return [names, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises ("CSV Injection"); a
 * number stays one, below 0 too.
 */
function field(value: Field): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = String(value).replace(/^(?=[=+\-@\t\r\n])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
