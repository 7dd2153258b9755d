import type { SchedulerKind } from '../scheduler.js';
import { leastBy } from './least-by.js';

export const leastConnections = {
  name: 'least-connections',
  summary: 'the worker with the fewest open connections; of several, in turn',
  needs: { active: true },
  create: () => leastBy(({ active }) => active),
} satisfies SchedulerKind;
