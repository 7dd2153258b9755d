import { nobodyReplaces, noCluster, type Scenario } from './scenario.js';

/** The worker asks for it itself, as an app does that shuts down in good order. */
export const disconnect = {
  name: 'disconnect',
  summary: 'one worker leaves the cluster in good order (worker.disconnect())',
  slot: () => 0,
  endsWorkers: true,
  needsCommands: true,
  unsupported: (policy) => (policy.single ? nobodyReplaces(policy) : noCluster(policy)),
  async happen(server) {
    const pid = server.pidIn(0);
    if (pid !== undefined) await server.command(pid, 'disconnect');
    await server.burst();
  },
} satisfies Scenario;
