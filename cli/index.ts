/** cluster-bench for programs: run a plan, compare two servers, read a record, summarise it. */
import type { Plan, RunRecord, Side } from '../harness/record.js';
import { type RunOptions, runPlan } from '../harness/run.js';
import { dismissGuardian } from '../harness/runtimes/guard.js';
import { withSides } from '../harness/sides.js';
import { verdictDefaults } from '../harness/verdict-defaults.js';
import type { Comparison, Criteria } from '../reports/analysis/comparison/compare.js';
import { compareRuns, type FileComparison } from '../reports/analysis/comparison/of-files.js';
import { compareRun, isEnough } from '../reports/analysis/comparison/of-run.js';
import { familyAlpha } from '../reports/analysis/comparison/stopping.js';
import { summarize } from '../reports/analysis/summary.js';
import { complete } from './complete.js';
import { runsOfTwo } from './plan.js';

export { BenchError } from '../harness/errors.js';
export { readRun } from '../harness/read-run.js';
export type * from '../harness/record.js';
export type { RunEvents } from '../harness/run.js';
export type { Comparison, Criteria } from '../reports/analysis/comparison/compare.js';
export type { FileComparison } from '../reports/analysis/comparison/of-files.js';
export type { CellSummary } from '../reports/analysis/summary.js';
export { summarize };

export type ProgramOptions = Omit<RunOptions, 'summarize' | 'judge' | 'isEnough'>;

/**
 * Run `plan` on real servers and return its record. What the plan leaves out is as on the command line. The record is
 * kept in memory unless `output` names a file.
 * @throws BenchError when the plan cannot be begun; a trial that fails is in the record
 */
export async function run(plan: Partial<Plan> = {}, options: ProgramOptions = {}): Promise<RunRecord> {
  return (await begin(complete(plan), options)).run;
}

/** What differs between the two; the rest is as in the plan. */
export interface Sides {
  base: Partial<Side>;
  candidate: Partial<Side>;
}

/**
 * Run two servers in randomised blocks of two, 12 to 60 unless the plan says, and compare them; `comparison` is null where
 * one of them never ran.
 * @throws BenchError as {@link run}
 */
export async function ab(
  { base, candidate }: Sides,
  plan: Partial<Omit<Plan, 'sides'>> = {},
  options: ProgramOptions = {},
): Promise<{ run: RunRecord; comparison: Comparison | null }> {
  const { runs = runsOfTwo.most, fewestRuns = plan.runs === undefined ? runsOfTwo.fewest : null } = plan;
  const whole = complete({ policies: ['rr'], ...plan, runs, fewestRuns });
  const sideOf = (side: Partial<Side>): Side => ({
    app: whole.app,
    policy: whole.policies[0] as string,
    workers: whole.workers[0] as number,
    node: whole.nodes[0] as string,
    ...side,
  });
  const asked = complete(withSides(whole, { base: sideOf(base), candidate: sideOf(candidate) }));
  const { run } = await begin(asked, options);
  const [comparison] = compareRun(run);
  return { run, comparison: comparison ?? null };
}

/**
 * The cells that two runs have in common, as independent samples.
 * @throws BenchError where they have none
 */
export function compare(
  base: RunRecord,
  candidate: RunRecord,
  criteria: Partial<Criteria> = {},
): FileComparison {
  return compareRuns(base, candidate, { ...verdictDefaults, alpha: familyAlpha, ...criteria });
}

async function begin(plan: Plan, options: ProgramOptions) {
  try {
    return await runPlan(plan, { ...options, summarize, isEnough });
  } finally {
    await dismissGuardian();
  }
}
