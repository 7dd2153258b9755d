import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type Pm2, pm2Cluster, pm2Home } from '../runtimes/server.js';
import { trialFolder } from '../trial-folder.js';
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
    const found = findPm2(context.app);
    const wayOut = 'Install it beside the app (npm install pm2), or leave pm2 out of --policy';
    if (found === undefined) return `pm2 is installed neither in the app's folder nor in this one. ${wayOut}`;
    if (Number.parseInt(found.version, 10) < oldest)
      return `pm2 ${oldest} or newer is needed; the app's is ${found.version}. ${wayOut}`;
    const tooLong = Buffer.byteLength(join(trialFolder(), pm2Home, 'reverse.sock')) - longestSocket;
    if (tooLong > 0)
      return `pm2 keeps sockets in a folder of TMPDIR, whose name is ${tooLong} characters too long for them. Set TMPDIR to a shorter one, or leave pm2 out of --policy`;
    return onlyUnderOurPrimary('pm2', context);
  },
  peers: (app) => ({ pm2: findPm2(app)?.version ?? 'none' }),
  // Where there is none it is refused before.
  start: (server) => pm2Cluster(server, findPm2(server.app.path) as Pm2),
} satisfies Policy;

/** The app's own, then that of the working folder, then ours where it is there. */
function findPm2(app: string | null): Pm2 | undefined {
  const places = [...(app === null ? [] : [resolve(app)]), resolve('bench'), import.meta.url];
  for (const place of places) {
    try {
      const file = createRequire(place).resolve('pm2/package.json');
      const { version } = JSON.parse(readFileSync(file, 'utf8'));
      return { version, runtime: join(dirname(file), 'bin/pm2-runtime') };
    } catch {} // Not there.
  }
  return undefined;
}
