import { schedulers } from '../runtimes/cluster/schedulers/index.js';
import type { ClusterSettings } from '../runtimes/cluster/settings.js';
import { ownCluster } from '../runtimes/server.js';
import { onlyUnderOurPrimary, type Policy } from './policy.js';

/** A policy for every scheduler of our own cluster. */
export const own: readonly Policy[] = schedulers.map(({ name, summary }) => policyOf(name, summary, name));

/** The policy whose scheduler is a module of the user's. */
export function schedulerPolicy(name: string, path: string, summary = 'a scheduler of your own'): Policy {
  return policyOf(name, summary, { path, name });
}

function policyOf(name: string, summary: string, scheduler: ClusterSettings['scheduler']): Policy {
  return {
    name,
    mechanism: 'userland',
    mechanismOfDatagrams: 'shared',
    summary,
    unsupported: (context) => onlyUnderOurPrimary(name, context),
    start: (server) => ownCluster(server, { scheduler }),
  };
}
