import type { RunRecord } from '../../harness/record.js';
import { describeRun } from '../analysis/describe.js';
import { renderCell } from './cell.js';
import { renderComparisons } from './comparison.js';
import { renderHeader } from './header.js';
import { pageOf, pageWidth, type RenderOptions } from './page.js';
import { createColors } from './palette.js';
import { renderScenario } from './scenario.js';
import { renderTable } from './table.js';
import { renderThresholds } from './thresholds.js';
import { renderWarnings } from './warnings.js';

/**
 * The report people read: what ran, each cell, the warnings, and, where a terminal has it still on its screen in the end,
 * the cells side by side and against their reference, and the thresholds. No line exceeds `columns` (≥ 80).
 */
export function renderTerminal(run: RunRecord, { columns, color }: RenderOptions): string {
  const description = describeRun(run);
  const columnsUsed = pageWidth(columns);
  const colors = createColors(color);
  const sections = [
    renderHeader(description, columnsUsed, colors),
    ...description.cells.map((cell) => renderCell(cell, description.plan.runs, columnsUsed, colors)),
    renderWarnings(description.warnings, columnsUsed, colors),
    description.cells.length > 0 ? renderTable(description, columnsUsed, colors) : ['No trial finished.'],
    ...renderComparisons(description, columnsUsed, colors),
    renderScenario(description, columnsUsed, colors),
    renderThresholds(description.thresholds, columnsUsed, colors),
  ];
  return pageOf(sections);
}
