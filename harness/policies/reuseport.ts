import { builtinCluster } from '../runtimes/server.js';
import { atLeast } from '../version.js';
import type { Policy } from './policy.js';

export const reuseport = {
  name: 'reuseport',
  mechanism: 'reuseport',
  summary: 'SO_REUSEPORT: every worker binds its own socket; the kernel hashes connections over them',
  fixedPort: true,
  unsupported: ({ nodeVersion, platform, transport }) => {
    if (transport === 'unix')
      return 'reuseport is for ports; a UNIX-domain socket has none. Leave it out of --policy';
    if (transport === 'udp') return 'reuseport binds TCP ports only, not UDP. Leave it out of --policy';
    // 23.0 came out before 22.12 did, without it. Older ones ignore the option in silence.
    if (!atLeast(nodeVersion, '22.12.0') || nodeVersion.startsWith('23.0.'))
      return `reuseport needs Node ≥ 22.12; this is ${nodeVersion}. Try --node 24`;
    // libuv: other systems either have no SO_REUSEPORT or do not balance over it.
    return ['linux', 'freebsd', 'sunos', 'aix'].includes(platform)
      ? undefined
      : `reuseport does not balance connections on ${platform}. Leave it out of --policy`;
  },
  start: (server) => builtinCluster(server, { schedulingPolicy: 'rr', reusePort: true }),
} satisfies Policy;
