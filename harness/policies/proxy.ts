import { findNginx, type Nginx, nginxLacks } from '../runtimes/proxy/nginx.js';
import type { Balancing } from '../runtimes/proxy/settings.js';
import { proxied } from '../runtimes/server.js';
import { onlyUnderOurPrimary, type Policy, type PolicyContext } from './policy.js';

const kinds: [name: string, balancing: Balancing, summary: string][] = [
  [
    'proxy',
    'round-robin',
    'nginx before as many processes as there are workers, each on a port: requests in turn',
  ],
  ['proxy:least_conn', 'least_conn', 'nginx, to the one with the fewest connections'],
  ['proxy:random-two', 'random-two', 'nginx, to the one with fewer connections of two at random'],
  [
    'proxy:ip-hash',
    'ip-hash',
    'nginx, by the client’s address: of HTTP by the first three numbers of an IPv4 address',
  ],
];

/** A reverse proxy, by each of the ways in which it chooses: HTTP by request, whatever else goes over TCP by connection. */
export const proxy: readonly Policy[] = kinds.map(([name, balancing, summary]) => ({
  name,
  mechanism: 'proxy',
  summary,
  unsupported: (context) => reasonOf(name, context),
  peers: () => ({ nginx: findNginx()?.version ?? 'none' }),
  // Where there is none it is refused before.
  start: (server) => proxied(server, { nginx: findNginx() as Nginx, balancing }),
}));

function reasonOf(name: string, context: PolicyContext): string | undefined {
  const { platform, transport, speaks } = context;
  const leaveOut = `Leave ${name} out of --policy`;
  if (platform !== 'linux')
    return `${name} runs on Linux only: there bench sees what nginx does. ${leaveOut}`;
  if (transport !== 'tcp')
    return `${name} puts nginx before TCP ports, and this listens on ${transport === 'unix' ? 'a UNIX-domain socket' : 'a UDP port'}. ${leaveOut}`;
  const lacking = nginxLacks(findNginx(), speaks);
  return lacking === undefined
    ? onlyUnderOurPrimary(name, context)
    : `${name} ${lacking}, or leave ${name} out of --policy`;
}
