import type { Comparison } from '../analysis/comparison/compare.js';
import type { Difference, FileComparison } from '../analysis/comparison/of-files.js';
import { renderComparison } from './comparison.js';
import { plural } from './format.js';
import { pageOf, pageWidth, type RenderOptions } from './page.js';
import { createColors } from './palette.js';
import { plain, wrap } from './text.js';

export interface ComparedFiles extends FileComparison {
  base: string;
  candidate: string;
  minEffect: number;
}

/** Two runs, cell by cell, and what differs between them besides. No line exceeds `columns` (≥ 80). */
export function renderFileComparison(
  { base, candidate, minEffect, comparisons, differences }: ComparedFiles,
  { columns, color }: RenderOptions,
): string {
  const used = pageWidth(columns);
  const colors = createColors(color);
  const sections = [
    [`base       ${plain(base)}`, `candidate  ${plain(candidate)}`],
    ...comparisons.map((comparison) => {
      const title = comparedCell(comparison);
      return renderComparison(comparison, { title, looks: 1, minEffect }, used, colors);
    }),
    wrap(betweenRuns, used).map((line) => colors.dim(line)),
    differences.flatMap((difference) =>
      wrap(differenceSentence(difference), used - 2).map(
        (line, index) => `${index === 0 ? colors.notable('! ') : '  '}${line}`,
      ),
    ),
  ];
  return pageOf(sections);
}

export const betweenRuns =
  'Two runs, one after the other: what the machine did in between is in the difference too. bench ab measures both in turns.';

/** The cell that two runs have in common. */
export function comparedCell({ base: { side, policy, workers, node } }: Comparison): string {
  return [...(side ? [side] : []), policy, plural(workers, 'worker'), `Node ${node}`].join(', ');
}

export function differenceSentence({ what, base, candidate }: Difference): string {
  return `${plain(what)} differs: ${plain(base)} and ${plain(candidate)}`;
}
