import { block } from './block.js';
import { disconnect } from './disconnect.js';
import { kill } from './kill.js';
import { maxConnections } from './max-connections.js';
import { reload } from './reload.js';
import type { Scenario } from './scenario.js';
import { slowStart } from './slow-start.js';

/** Every scenario, in the order in which help names them. */
export const scenarios: readonly Scenario[] = [block, kill, disconnect, reload, maxConnections, slowStart];

/** Names are checked where options are read; an unknown one here is a bug. */
export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new TypeError(`no scenario is called ${name}`);
  return scenario;
}
