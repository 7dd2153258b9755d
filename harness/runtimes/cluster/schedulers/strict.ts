import type { SchedulerKind } from '../scheduler.js';

export const strict = {
  name: 'strict',
  summary: 'round robin without exception: every worker in turn, whether it is free or not',
  create() {
    let last = -1;
    return {
      pick(candidates) {
        const next = candidates.find(({ slot }) => slot > last) ?? candidates[0];
        last = next?.slot ?? -1;
        return next as NonNullable<typeof next>;
      },
    };
  },
} satisfies SchedulerKind;
