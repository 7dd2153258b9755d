import { exitCode } from '../harness/errors.js';
import { inspect } from '../harness/inspect/inspect.js';
import type { Plan } from '../harness/record.js';
import { renderInspection } from '../reports/render/inspection.js';
import { interruptibleWork } from './interruptible-work.js';
import type { Options } from './options.js';
import { surroundings, toPlan } from './plan.js';
import { appearance, print } from './print.js';

/** Connections, unless the user says. */
const few = 6;

/** `bench inspect [app]`: the processes of a server, what they listen on, and what they say to each other. */
export async function inspectVerb(options: Options): Promise<number> {
  const { policy = ['rr'], workers = [options.weights?.length ?? 2], duration: _, ...others } = options;
  const plan: Plan = {
    ...toPlan({ ...others, policy, workers }, surroundings()),
    requests: options.connections ?? few,
    durationSeconds: null,
    warmupSeconds: 0,
    runs: 1,
    // What a file of --config may say besides.
    scenario: null,
    threads: 1,
    // One after the other, so that what belongs together stands together.
    connections: 1,
    ...(options.workload !== 'udp' && { requestsPerConnection: 1, driver: 'raw' }),
  };
  return interruptibleWork(options, async ({ progress, signal }) => {
    const inspection = await inspect(plan, { signal, note: (line) => progress.note(line) });
    progress.stop();
    const text = options.json
      ? `${JSON.stringify(inspection, null, 2)}\n`
      : renderInspection(inspection, appearance(options));
    await print(process.stdout, text);
    return [inspection.error === undefined ? exitCode.fine : exitCode.invalid];
  });
}
