import { ownCluster } from '../runtimes/server.js';
import type { Policy } from './policy.js';

export const handle = {
  name: 'handle',
  mechanism: 'handle',
  mechanismOfDatagrams: 'shared',
  summary:
    "child_process.fork and send('server', server): the children share a socket that the parent gave away",
  unsupported: ({ clustersItself, transport }) => {
    if (clustersItself)
      return 'handle cannot be set from outside: this app forks its own workers. Leave handle out of --policy';
    return transport === 'unix'
      ? 'handle gives its socket away, and the path of a UNIX-domain socket goes with the copy that is closed. Leave it out of --policy'
      : undefined;
  },
  start: (server) => ownCluster(server, { scheduler: null, sendsServer: true }),
} satisfies Policy;
