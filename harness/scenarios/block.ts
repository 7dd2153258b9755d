import { type Scenario, surelyMs } from './scenario.js';

const blockedMs = 500;

/** SIGSTOP does to a process from outside what a long computation does to its event loop, but for the CPU time. */
export const block = {
  name: 'block',
  summary: 'one worker does nothing for 500 ms, as if its event loop were blocked',
  slot: () => 0,
  unsupported: () => undefined,
  async happen(server) {
    const pid = server.pidIn(0);
    if (pid === undefined) return;
    server.signal(pid, 'SIGSTOP');
    try {
      await server.sleep(surelyMs);
      server.burst();
      await server.sleep(blockedMs - surelyMs);
    } finally {
      server.signal(pid, 'SIGCONT');
    }
  },
} satisfies Scenario;
