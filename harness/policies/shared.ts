import { builtinCluster } from '../runtimes/server.js';
import type { Policy } from './policy.js';

export const shared = {
  name: 'shared',
  mechanism: 'shared',
  summary: 'SCHED_NONE: the workers share one listening socket and race to accept',
  unsupported: () => undefined,
  start: (server) => builtinCluster(server, { schedulingPolicy: 'none' }),
} satisfies Policy;
