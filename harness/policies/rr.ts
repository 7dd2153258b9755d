import { builtinCluster } from '../runtimes/server.js';
import type { Policy } from './policy.js';

export const rr = {
  name: 'rr',
  mechanism: 'round-robin',
  summary: "Node's default: the primary accepts and hands each connection to the next free worker",
  unsupported: () => undefined,
  start: (server) => builtinCluster(server, { schedulingPolicy: 'rr' }),
} satisfies Policy;
