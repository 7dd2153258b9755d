import { ownCluster } from '../runtimes/server.js';
import type { Policy } from './policy.js';

export const handle = {
  name: 'handle',
  mechanism: 'handle',
  mechanismOfDatagrams: 'shared',
  summary:
    "child_process.fork and send('server', server): the children share a socket that the parent gave away",
  unsupported: ({ clustersItself }) =>
    clustersItself
      ? 'handle cannot be set from outside: this app forks its own workers. Leave handle out of --policy'
      : undefined,
  start: (server) => ownCluster(server, { scheduler: null, sendsServer: true }),
} satisfies Policy;
