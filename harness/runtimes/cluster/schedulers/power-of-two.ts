import type { Candidate, SchedulerKind } from '../scheduler.js';

/** Source: Mitzenmacher, The power of two choices in randomized load balancing, IEEE TPDS 12 (2001). */
export const powerOfTwo = {
  name: 'power-of-two',
  summary: 'of two workers drawn at random the one with fewer open connections',
  needs: { active: true },
  create({ random }) {
    return {
      pick(candidates) {
        const first = Math.floor(random() * candidates.length);
        // Another one, each as likely.
        const second = (first + 1 + Math.floor(random() * (candidates.length - 1))) % candidates.length;
        const [one, other] = [candidates[first] as Candidate, candidates[second] as Candidate];
        return other.active < one.active ? other : one;
      },
    };
  },
} satisfies SchedulerKind;
