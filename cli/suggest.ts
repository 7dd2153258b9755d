import { distance } from 'fastest-levenshtein';

/** The candidate that `text` was most likely meant to be: a slip or two away, or the only one it begins. */
export function closest(text: string, candidates: readonly string[]): string | undefined {
  const typed = text.toLowerCase();
  const slipsAllowed = Math.max(1, Math.floor(typed.length / 3));
  const [nearest] = candidates
    .map((candidate) => ({ candidate, slips: distance(typed, candidate.toLowerCase()) }))
    .sort((left, right) => left.slips - right.slips);
  if (nearest !== undefined && nearest.slips <= slipsAllowed) return nearest.candidate;

  const begun = candidates.filter((candidate) => typed.length >= 3 && candidate.startsWith(typed));
  return begun.length === 1 ? begun[0] : undefined;
}

/** `; did you mean <candidate>?`, or `otherwise` when nothing is close. */
export function didYouMean(text: string, candidates: readonly string[], otherwise = '', prefix = ''): string {
  const candidate = closest(text, candidates);
  return candidate === undefined ? otherwise : `; did you mean ${prefix}${candidate}?`;
}
