import type { Candidate, Scheduler } from '../scheduler.js';

/** The candidate with the least of `measure`. Ties are broken in turn, or the first slot would get all that is even. */
export function leastBy(measure: (candidate: Candidate) => number): Scheduler {
  let last = -1;
  return {
    pick(candidates) {
      let best: Candidate | undefined;
      let least = Number.POSITIVE_INFINITY;
      // From the slot behind the last one, and round.
      const first = candidates.findIndex(({ slot }) => slot > last);
      for (let offset = 0; offset < candidates.length; offset += 1) {
        const candidate = candidates[(Math.max(0, first) + offset) % candidates.length] as Candidate;
        const measured = measure(candidate);
        if (measured < least) [best, least] = [candidate, measured];
      }
      const chosen = (best ?? candidates[0]) as Candidate;
      last = chosen.slot;
      return chosen;
    },
  };
}
