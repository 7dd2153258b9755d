import { singleProcess } from '../runtimes/server.js';
import type { Policy } from './policy.js';

export const single = {
  name: 'single',
  mechanism: 'single',
  summary: 'one process, no cluster: what the others are to be compared with',
  single: true,
  unsupported: ({ clustersItself }) =>
    clustersItself
      ? 'single cannot be set from outside: this app forks its own workers. Leave single out of --policy'
      : undefined,
  start: singleProcess,
} satisfies Policy;
