import { schedulers } from '../runtimes/cluster/schedulers/index.js';
import { ownCluster } from '../runtimes/server.js';
import type { Policy } from './policy.js';

/** A policy for every scheduler of our own cluster. */
export const own: readonly Policy[] = schedulers.map((kind) => ({
  name: kind.name,
  mechanism: 'userland',
  mechanismOfDatagrams: 'shared',
  summary: kind.summary,
  unsupported: ({ clustersItself }) =>
    clustersItself
      ? `${kind.name} cannot be set from outside: this app forks its own workers. Leave ${kind.name} out of --policy`
      : undefined,
  start: (server) => ownCluster(server, kind),
}));
