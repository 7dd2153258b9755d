import { exitCode } from '../harness/errors.js';
import { inspect } from '../harness/inspect/inspect.js';
import { inspectionDefaults, inspectionPlan } from '../harness/inspect/plan.js';
import { renderInspection } from '../reports/render/inspection.js';
import { interruptibleWork } from './interruptible-work.js';
import type { Options } from './options.js';
import { surroundings, toPlan } from './plan.js';
import { appearance, print } from './print.js';

/** `bench inspect [app]`: the processes of a server, what they listen on, and what they say to each other. */
export async function inspectVerb(options: Options): Promise<number> {
  const { policies, workers: few } = inspectionDefaults;
  const { policy = policies, weights, workers = weights ? [weights.length] : few } = options;
  const { duration: _, ...others } = options;
  const plan = inspectionPlan(toPlan({ ...others, policy, workers }, surroundings()), options.connections);
  return interruptibleWork(options, async ({ progress, signal }) => {
    progress.doing(`looking at ${plan.app?.path ?? plan.workload}`);
    const inspection = await inspect(plan, { signal, note: (line) => progress.note(line) });
    progress.stop();
    const text = options.json
      ? `${JSON.stringify(inspection, null, 2)}\n`
      : renderInspection(inspection, appearance(options));
    await print(process.stdout, text);
    return [inspection.error === undefined ? exitCode.fine : exitCode.invalid];
  });
}
