import { builtinCluster } from '../runtimes/server.js';
import type { Policy } from './policy.js';

export const rr = {
  name: 'rr',
  mechanism: 'round-robin',
  // Node shares UDP sockets, whatever its scheduling policy (lib/internal/cluster/primary.js, `queryServer`).
  mechanismOfDatagrams: 'shared',
  summary: "Node's default: the primary accepts and hands each connection to the next free worker",
  unsupported: () => undefined,
  start: (server) => builtinCluster(server, { schedulingPolicy: 'rr' }),
} satisfies Policy;
