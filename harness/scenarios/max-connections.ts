import type { Scenario } from './scenario.js';

const fullForMs = 500;

export const maxConnections = {
  name: 'max-connections',
  summary: 'every worker has all the connections that it allows (server.maxConnections) for 500 ms',
  slot: () => null,
  needsCommands: true,
  unsupported: () => undefined,
  async happen(server) {
    const pids = Array.from({ length: server.workers }, (_, slot) => server.pidIn(slot) ?? []).flat();
    await Promise.all(pids.map((pid) => server.command(pid, 'be-full')));
    await server.burst();
    await server.sleep(fullForMs);
    await Promise.all(pids.map((pid) => server.command(pid, 'have-room')));
  },
} satisfies Scenario;
