/** cluster-bench for programs: run a plan, read a record, summarise it. */
import type { Plan, RunRecord } from '../harness/record.js';
import { type RunOptions, runPlan } from '../harness/run.js';
import { summarize } from '../reports/analysis/summary.js';

export { BenchError } from '../harness/errors.js';
export { readRun } from '../harness/read-run.js';
export type * from '../harness/record.js';
export type { CellSummary } from '../reports/analysis/summary.js';
export { summarize };

/**
 * Run `plan` on real servers and return its record. It is kept in memory unless `output` names a file.
 * @throws BenchError when the plan cannot be begun
 */
export async function run(plan: Plan, options: Omit<RunOptions, 'summarize'> = {}): Promise<RunRecord> {
  const outcome = await runPlan(plan, { ...options, summarize });
  return outcome.run;
}
