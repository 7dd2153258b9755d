import { join } from 'node:path';
import { pm2Cluster, pm2Home } from '../runtimes/server.js';
import { trialFolder } from '../trial-folder.js';
import { type FoundPackage, findPackage, unfit } from './find-package.js';
import { onlyUnderOurPrimary, type Policy } from './policy.js';

const oldest = 5;
/** unix(7): 108 bytes with the NUL; macOS has 104. */
const longestSocket = 103;

export const pm2 = {
  name: 'pm2',
  mechanism: 'round-robin',
  mechanismOfDatagrams: 'shared',
  front: 'daemon',
  summary: 'pm2-runtime in cluster mode: Node’s round robin, with pm2 as its primary',
  unsupported(context) {
    const reason = unfit('pm2', 'pm2', findPackage('pm2', context.app), oldest);
    if (reason !== undefined) return reason;
    const tooLong = Buffer.byteLength(join(trialFolder(), pm2Home, 'reverse.sock')) - longestSocket;
    if (tooLong > 0)
      return `pm2 keeps sockets in a folder of TMPDIR, whose name is ${tooLong} characters too long for them. Set TMPDIR to a shorter one, or leave pm2 out of --policy`;
    return onlyUnderOurPrimary('pm2', context);
  },
  peers: (app) => ({ pm2: findPackage('pm2', app)?.version ?? 'none' }),
  // Where there is none it is refused before.
  start: (server) => pm2Cluster(server, findPackage('pm2', server.app.path) as FoundPackage),
} satisfies Policy;
