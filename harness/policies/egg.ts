import { eggCluster } from '../runtimes/server.js';
import { type FoundPackage, findPackage, unfit } from './find-package.js';
import { onlyUnderOurPrimary, type Policy } from './policy.js';

const oldest = 2;

export const egg = {
  name: 'egg',
  mechanism: 'round-robin',
  mechanismOfDatagrams: 'shared',
  summary: 'egg-cluster: Node’s round robin under its primary, with an agent process beside the workers',
  unsupported: (context) =>
    unfit('egg-cluster', 'egg', findPackage('egg-cluster', context.app), oldest) ??
    onlyUnderOurPrimary('egg', context),
  peers: (app) => ({ 'egg-cluster': findPackage('egg-cluster', app)?.version ?? 'none' }),
  // Where there is none it is refused before.
  start: (server) => eggCluster(server, findPackage('egg-cluster', server.app.path) as FoundPackage),
} satisfies Policy;
