/**
 * Holm's step-down: the level at which each hypothesis of a family is tested, so that any false rejection among them has a
 * probability of at most `alpha`: `alpha`/m for the smallest p, `alpha`/(m − 1) for the next one where that was rejected, and so
 * on; all others have the level at which it stopped. A hypothesis is rejected just when its p ≤ its level.
 *
 * Source: Holm, Scand. J. Statist. 6 (1979).
 */
export function holmLevels(ps: readonly number[], alpha: number): number[] {
  const levels = ps.map(() => alpha);
  let left = ps.length;
  let isOver = false;
  for (const [index, p] of [...ps.entries()].sort(([, a], [, b]) => a - b)) {
    levels[index] = alpha / left;
    isOver ||= p > alpha / left;
    if (!isOver) left -= 1;
  }
  return levels;
}
