import type { SchedulerKind } from '../scheduler.js';
import { leastBy } from './least-by.js';

/** A worker's utilisation is told 10 times a second; what it was given since counts for so much of it. */
const perConnection = 0.001;

export const leastUtilised = {
  name: 'least-utilised',
  summary: 'the worker whose event loop was least busy of late',
  needs: { active: true, utilization: true },
  create: () => leastBy(({ utilization, active }) => utilization + perConnection * active),
} satisfies SchedulerKind;
