import type { RunDescription } from '../../../analysis/describe.js';
import { labelColumns } from '../../columns.js';
import { scenarioColumns, scenarioText } from '../../scenario.js';
import { figureColumns, tableText } from '../../table.js';
import type { Drawing } from '../drawings.js';
import { figure } from '../figure.js';
import { html, type Markup } from '../markup.js';
import { columnsTable } from '../table.js';
import { section } from './section.js';

/** The cells side by side: the terminal's table, and every trial as a dot. */
export function comparedSection(run: RunDescription, drawings: readonly Drawing[]): Markup | '' {
  if (run.cells.length === 0) return '';
  const text = tableText(run);
  return section('compared', 'Compared', text.note, [
    columnsTable(run.cells, [...labelColumns(run), ...figureColumns(run)], text),
    html`<div class="charts">${drawings.map(figure)}</div>`,
  ]);
}

export function scenarioSection(run: RunDescription): Markup | '' {
  const text = scenarioText(run);
  return text
    ? section(
        'scenario',
        text.title.replace(/^s/, 'S'),
        text.note,
        columnsTable(run.cells, [...labelColumns(run), ...scenarioColumns], text),
      )
    : '';
}
