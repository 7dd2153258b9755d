import type { Candidate, SchedulerKind } from '../scheduler.js';

/**
 * Smooth weighted round robin: everyone gains its weight, the one with most gets the connection and pays the sum. Weights
 * 5,1,1 give aabacaa, not aaaaabc. Source: nginx, ngx_http_upstream_round_robin.c.
 */
export const weighted = {
  name: 'weighted',
  summary: 'in turn, as often as --weights says',
  create() {
    const credit = new Map<number, number>();
    return {
      pick(candidates) {
        let best = candidates[0] as Candidate;
        let most = Number.NEGATIVE_INFINITY;
        let sum = 0;
        for (const candidate of candidates) {
          const { slot, weight } = candidate;
          const has = (credit.get(slot) ?? 0) + weight;
          credit.set(slot, has);
          sum += weight;
          if (has > most) [best, most] = [candidate, has];
        }
        credit.set(best.slot, most - sum);
        return best;
      },
      // What a slot was owed while nobody was there is not owed to the next.
      left: ({ slot }) => void credit.delete(slot),
    };
  },
} satisfies SchedulerKind;
