import { nobodyReplaces, noCluster, type Scenario } from './scenario.js';

/** One after the other; the next is told to go when there is another in the place of the one before. */
export const reload = {
  name: 'reload',
  summary: 'every worker in turn leaves the cluster in good order and is replaced',
  slot: () => null,
  endsWorkers: true,
  needsCommands: true,
  unsupported: (policy) => nobodyReplaces(policy) ?? noCluster(policy),
  async happen(server) {
    for (let slot = 0; slot < server.workers; slot += 1) {
      const pid = server.pidIn(slot);
      if (pid === undefined) continue;
      await server.command(pid, 'disconnect');
      if (slot === 0) await server.burst();
      await server.untilReplaced(slot, pid);
    }
  },
} satisfies Scenario;
