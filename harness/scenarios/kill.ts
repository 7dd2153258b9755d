import { burstWhileStopped, nobodyReplaces, type Scenario } from './scenario.js';

/** Long enough for a primary to hand over what comes; what waits for it no longer than that does not count as stuck. */
const unresponsiveMs = 150;

/** Workers that are killed mostly do not respond by then: what has come to them meanwhile goes with them. */
export const kill = {
  name: 'kill',
  summary: 'one worker stops to respond, and is killed (SIGKILL) 150 ms later',
  slot: () => 0,
  endsWorkers: true,
  unsupported: nobodyReplaces,
  happen: (server) => burstWhileStopped(server, { slot: 0, ms: unresponsiveMs, end: 'SIGKILL' }),
} satisfies Scenario;
