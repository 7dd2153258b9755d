import { type Scenario, surelyMs } from './scenario.js';

export const maxConnections = {
  name: 'max-connections',
  summary: 'every worker has all the connections that it allows (server.maxConnections) for 500 ms',
  slot: () => null,
  needsCommands: true,
  unsupported: () => undefined,
  async happen(server) {
    for (let slot = 0; slot < server.workers; slot += 1) {
      const pid = server.pidIn(slot);
      if (pid !== undefined) server.command(pid, 'be-full');
    }
    await server.sleep(surelyMs);
    await server.burst();
  },
} satisfies Scenario;
