import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { schedulers } from '../runtimes/cluster/schedulers/index.js';
import type { ClusterSettings } from '../runtimes/cluster/settings.js';
import { ownCluster } from '../runtimes/server.js';
import { onlyUnderOurPrimary, type Policy } from './policy.js';

/** A policy for every scheduler of our own cluster. */
export const own: readonly Policy[] = schedulers.map(({ name, summary }) => policyOf(name, summary, name));

/** The policy whose scheduler is a module of the user's, found from the working folder. */
export function moduleNamed(name: string): Policy {
  const path = resolve(name);
  const policy = policyOf(name, 'a scheduler of your own', { path, name });
  return {
    ...policy,
    unsupported: (context) =>
      statSync(path, { throwIfNoEntry: false })?.isFile()
        ? policy.unsupported(context)
        : `--policy ${name}: there is no such file. Name the module of a scheduler, or one of the policies`,
  };
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
