import { burstWhileStopped, nobodyReplaces, type Scenario } from './scenario.js';

const unresponsiveMs = 100;

/** Workers that are killed mostly do not respond by then: what has come to them meanwhile goes with them. */
export const kill = {
  name: 'kill',
  summary: 'one worker stops to respond, and is killed (SIGKILL) 100 ms later',
  slot: () => 0,
  endsWorkers: true,
  unsupported: (policy) => (policy.single ? nobodyReplaces(policy) : undefined),
  happen: (server) => burstWhileStopped(server, { slot: 0, ms: unresponsiveMs, end: 'SIGKILL' }),
} satisfies Scenario;
