import { catalogueOf, type Definitions } from '../catalogue.js';
import { BenchError } from '../errors.js';
import { prepare } from '../prepare.js';
import { readProbes } from '../probe/reader.js';
import { viewServer } from '../probe/server-view.js';
import type { Plan } from '../record.js';
import { launch } from '../runtimes/launch.js';
import { sidesOf } from '../sides.js';
import { runTrial, type TrialSpec } from '../trial.js';
import type { Ready } from '../window.js';
import type { Inspection } from './inspection.js';
import { readMessages } from './messages.js';
import { processTree, withListeners } from './processes.js';

/**
 * Start the server of a plan's first cell, look at its processes, open `plan.requests` connections one after the other, and
 * say what its primary and its workers told each other.
 * @throws BenchError when it cannot be had, or does not start
 */
export async function inspect(
  plan: Plan,
  { signal, note, definitions }: { signal: AbortSignal; note(line: string): void; definitions?: Definitions },
): Promise<Inspection> {
  const catalogue = await catalogueOf(plan, definitions);
  const sides = await sidesOf(plan, { log: note, signal });
  const { trials } = await prepare(plan, sides, { launch, signal, catalogue });
  const [spec] = trials;
  if (spec === undefined) throw new TypeError('a plan has a trial at least');
  let processes: ReturnType<typeof processTree> = [];
  let messages: Inspection['messages'] = [];
  const observe = {
    ready({ server, view }: Ready) {
      processes = processTree(server.pid, view, spec.policy.front ?? 'primary');
    },
    measured({ folder, server }: Ready) {
      messages = readMessages(folder, viewServer(readProbes(folder), server.pid));
    },
  };
  const traced: TrialSpec = {
    ...spec,
    // Whatever the workload's own load is.
    cell: { ...spec.cell, loop: 'closed' },
    load: { ...spec.load, rate: null, pattern: 'steady' },
    server: { ...spec.server, traced: true },
  };
  const trial = await runTrial(traced, { launch, signal, cores: 1, observe });
  if (processes.length === 0 && trial.error !== undefined) {
    const { code, message, details = [] } = trial.error;
    throw new BenchError(code, message, { details });
  }
  const order = Buffer.from(trial.acceptOrder?.slots ?? '', 'base64');
  return {
    policy: spec.cell.policy,
    app: spec.label,
    nodeVersion: sides[0]?.nodes[0]?.version ?? '',
    mechanism: trial.mechanism,
    processes: withListeners(processes, trial.mechanism),
    messages,
    accepted: Array.from({ length: order.length / 2 }, (_, index) => order.readUInt16LE(index * 2)),
    ...(trial.handOff && { handOff: trial.handOff }),
    ...(trial.error && { error: { code: trial.error.code, message: trial.error.message } }),
  };
}
