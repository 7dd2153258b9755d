import type { Candidate, SchedulerKind } from '../scheduler.js';

export const random = {
  name: 'random',
  summary: 'any worker, each as likely as the others',
  create({ random }) {
    return {
      pick: (candidates) => candidates[Math.floor(random() * candidates.length)] as Candidate,
    };
  },
} satisfies SchedulerKind;
