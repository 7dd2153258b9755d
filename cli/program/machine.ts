import type { Examination } from '../../harness/doctor/examination.js';
import { examine } from '../../harness/doctor/examine.js';
import { inspect as inspectPlan } from '../../harness/inspect/inspect.js';
import type { Inspection } from '../../harness/inspect/inspection.js';
import { inspectionDefaults, inspectionPlan } from '../../harness/inspect/plan.js';
import { dismissGuardian } from '../../harness/runtimes/guard.js';
import { complete } from './complete.js';
import { named, type ProgramPlan } from './definitions.js';

export interface WorkOptions {
  signal?: AbortSignal;
  /** What it is at. */
  note?(line: string): void;
}

/**
 * The processes of a server, what they listen on, and what its primary and its workers said to each other while
 * `plan.connections` (6) were opened one after the other. Of the plan's cells the first is looked at.
 * @throws BenchError when it cannot be had, or does not start; the signal's reason once it is aborted
 */
export async function inspect(plan: ProgramPlan = {}, options: WorkOptions = {}): Promise<Inspection> {
  const { policies, workers } = inspectionDefaults;
  const { plan: inNames, definitions } = named(plan);
  const weighted = (plan.weights?.length ?? 0) > 0;
  const whole = complete({ policies, ...(weighted ? {} : { workers }), ...inNames }, definitions);
  return attended(
    (work) => inspectPlan(inspectionPlan(whole, plan.connections), { ...work, definitions }),
    options,
  );
}

/**
 * What on this machine spoils a measurement, and how small a difference it can show. Takes about 20 s, and starts the built-in
 * servers like every run.
 * @throws the signal's reason once it is aborted
 */
export async function doctor(options: WorkOptions = {}): Promise<Examination> {
  return attended((work) => examine({ defaults: complete({}), ...work }), options);
}

async function attended<T>(
  work: (options: Required<WorkOptions>) => Promise<T>,
  { signal = new AbortController().signal, note = () => {} }: WorkOptions,
): Promise<T> {
  try {
    return await work({ signal, note });
  } finally {
    await dismissGuardian();
  }
}
