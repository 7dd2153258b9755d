import type { WarningDescription } from '../analysis/report-warnings.js';
import { plural } from './format.js';
import { renderHeading } from './heading.js';
import type { Colors } from './palette.js';
import { plain, wrap } from './text.js';

export function renderWarnings(
  warnings: readonly WarningDescription[],
  columns: number,
  colors: Colors,
): string[] {
  if (warnings.length === 0) return [];
  const lines = warnings.flatMap((warning) =>
    wrap(warningSentence(warning), columns - 4).map(
      (line, index) => `${index === 0 ? colors.notable('! ') : '  '}${line}`,
    ),
  );
  return [renderHeading('warnings', '', columns, colors), ...lines.map((line) => `  ${line}`)];
}

/** What was seen, and where. */
export function warningSentence(warning: WarningDescription): string {
  return `${plain(warning.text)} ${places(warning)}`;
}

/** Up to three cells by name, more by number. */
function places({ cells, times }: WarningDescription): string {
  const trials = cells.reduce((sum, cell) => sum + cell.trials, 0);
  const all = cells.reduce((sum, cell) => sum + cell.of, 0);
  const where =
    cells.length <= 3
      ? cells
          .map(({ label, trials, of }) => `${plain(label)}: ${trials} of ${plural(of, 'trial')}`)
          .join('; ')
      : `${trials} of ${plural(all, 'trial')}`;
  return `(${times > trials ? `${times} times; ` : ''}${where})`;
}
