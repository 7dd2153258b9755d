import { ownCluster } from '../runtimes/server.js';
import { onlyUnderOurPrimary, type Policy } from './policy.js';

export const handle = {
  name: 'handle',
  mechanism: 'handle',
  mechanismOfDatagrams: 'shared',
  summary:
    "child_process.fork and send('server', server): the children share a socket that the parent gave away",
  unsupported: (context) =>
    context.transport === 'unix'
      ? 'handle gives its socket away, and the path of a UNIX-domain socket goes with the copy that is closed. Leave it out of --policy'
      : onlyUnderOurPrimary('handle', context),
  start: (server) => ownCluster(server, { scheduler: null, sendsServer: true }),
} satisfies Policy;
