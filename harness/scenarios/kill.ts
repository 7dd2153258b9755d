import { nobodyReplaces, type Scenario, surelyMs } from './scenario.js';

const unresponsiveMs = 100;

/** Workers that are killed mostly do not respond by then: what has come to them meanwhile goes with them. */
export const kill = {
  name: 'kill',
  summary: 'one worker stops to respond, and is killed (SIGKILL) 100 ms later',
  slot: () => 0,
  endsWorkers: true,
  unsupported: (policy) => (policy.single ? nobodyReplaces(policy) : undefined),
  async happen(server) {
    const pid = server.pidIn(0);
    if (pid === undefined) return;
    server.signal(pid, 'SIGSTOP');
    try {
      await server.sleep(surelyMs);
      server.burst();
      await server.sleep(unresponsiveMs - surelyMs);
    } finally {
      server.signal(pid, 'SIGKILL');
    }
  },
} satisfies Scenario;
