import { singleProcess } from '../runtimes/server.js';
import { onlyUnderOurPrimary, type Policy } from './policy.js';

export const single = {
  name: 'single',
  mechanism: 'single',
  summary: 'one process, no cluster: what the others are to be compared with',
  single: true,
  unsupported: (context) => onlyUnderOurPrimary('single', context),
  start: singleProcess,
} satisfies Policy;
