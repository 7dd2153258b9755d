import type { Drawing, Drawings } from './drawings.js';
import { sizeOf } from './figure.js';

/**
 * The drawings that fit into `bytes`: those of a kind all or none, the most telling kinds first, so that cells can still be compared
 * by what is shown. `omitted` has the titles of the others.
 */
export function fitting({ run, cells }: Drawings, bytes: number): Drawings & { omitted: string[] } {
  const all = [...run, ...cells.flat()];
  const ranks = new Map(all.map(({ kind, rank }) => [kind, rank]));
  const kinds = [...ranks].sort(([, a], [, b]) => a - b).map(([kind]) => kind);
  const kept = new Set<string>();
  let left = bytes;
  for (const kind of kinds) {
    let leftAfter = left;
    for (const drawing of all) {
      if (drawing.kind !== kind) continue;
      leftAfter -= sizeOf(drawing);
      if (leftAfter < 0) break;
    }
    if (leftAfter < 0) continue;
    kept.add(kind);
    left = leftAfter;
  }
  const isKept = ({ kind }: Drawing) => kept.has(kind);
  return {
    run: run.filter(isKept),
    cells: cells.map((drawings) => drawings.filter(isKept)),
    omitted: [...new Set(all.filter((drawing) => !isKept(drawing)).map(({ title }) => title))],
  };
}
