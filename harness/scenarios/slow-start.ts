import { nobodyReplaces, noCluster, type Scenario } from './scenario.js';

export const slowStart = {
  name: 'slow-start',
  summary: 'the last worker is started only then, and joins the others',
  slot: (workers) => workers - 1,
  isLate: true,
  needsCommands: true,
  unsupported: (policy) => nobodyReplaces(policy) ?? noCluster(policy),
  async happen(server) {
    server.release();
    await server.burst();
  },
} satisfies Scenario;
