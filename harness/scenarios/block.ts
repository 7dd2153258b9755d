import { burstWhileStopped, type Scenario } from './scenario.js';

const blockedMs = 500;

/** SIGSTOP does to a process from outside what a long computation does to its event loop, but for the CPU time. */
export const block = {
  name: 'block',
  summary: 'one worker does nothing for 500 ms, as if its event loop were blocked',
  slot: () => 0,
  unsupported: () => undefined,
  happen: (server) => burstWhileStopped(server, { slot: 0, ms: blockedMs, end: 'SIGCONT' }),
} satisfies Scenario;
