import { usageError } from '../../harness/errors.js';
import type { RunRecord } from '../../harness/record.js';
import { hasParts, isOfComparisons, type Text } from '../../reports/render/formats/format.js';
import { formats } from '../../reports/render/formats/index.js';
import type { RenderOptions } from '../../reports/render/page.js';
import type { RunComparison } from './compare.js';

/** What a run can be rendered as in one text; `terminal` is the report that `bench` prints. */
export type TextFormatName = 'terminal' | 'html' | 'markdown' | 'junit' | 'json';
/** What comes in several. */
export type PartsFormatName = 'csv' | 'hgrm' | 'svg';
export type ComparisonFormatName = 'terminal' | 'markdown' | 'junit' | 'json';

/** One of several texts; its name (`cells`, `rr.response`) tells them apart. */
export interface RenderedPart {
  name: string;
  text: string;
}

/** Of the terminal: no line is longer than `columns` (≥ 80; 80), and `color` is off unless it is asked for. */
export type TerminalOptions = Partial<RenderOptions>;

const plainTerminal: RenderOptions = { columns: 80, color: false };

/**
 * A run as a report, derived from the record alone.
 * @throws BenchError `no-format`, exit code 2
 */
export async function render(
  run: RunRecord,
  format: TextFormatName,
  options?: TerminalOptions,
): Promise<string>;
export async function render(run: RunRecord, format: PartsFormatName): Promise<RenderedPart[]>;
export async function render(
  run: RunRecord,
  format: TextFormatName | PartsFormatName,
  options?: TerminalOptions,
): Promise<string | RenderedPart[]>;
export async function render(
  run: RunRecord,
  name: TextFormatName | PartsFormatName,
  options: TerminalOptions = {},
): Promise<string | RenderedPart[]> {
  if (name === 'terminal') {
    const { renderTerminal } = await import('../../reports/render/terminal.js');
    return renderTerminal(run, { ...plainTerminal, ...options });
  }
  const format = formats.find((one) => one.name === name);
  if (format === undefined) throw noFormat(name, formats);
  if (!hasParts(format)) return whole(await format.render(run));
  const parts = await format.renderParts(run);
  return parts.map(({ name, text }) => ({ name, text: whole(text) }));
}

/**
 * Two runs against each other, as {@link compare} found them.
 * @throws BenchError `no-format`, exit code 2
 */
export async function renderComparison(
  comparison: RunComparison,
  name: ComparisonFormatName,
  options: TerminalOptions = {},
): Promise<string> {
  if (name === 'terminal') {
    const { renderFileComparison } = await import('../../reports/render/file-comparison.js');
    return renderFileComparison(comparison, { ...plainTerminal, ...options });
  }
  const able = formats.filter(isOfComparisons);
  const format = able.find((one) => one.name === name);
  if (format === undefined) throw noFormat(name, able);
  return whole(await format.renderComparison(comparison));
}

function whole(text: Text): string {
  return typeof text === 'string' ? text : [...text].join('');
}

function noFormat(name: string, able: readonly { name: string }[]) {
  return usageError(
    'no-format',
    `${name} is none of ${['terminal', ...able.map((one) => one.name)].join(', ')}`,
  );
}
