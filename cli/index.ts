/**
 * cluster-bench for programs, which can do what `bench` does: run a plan, compare servers and runs, judge them, render what
 * was found, and measure with policies and workloads of their own.
 */
import { known } from '../harness/known.js';
import type { PolicyDefinition } from '../harness/policies/definition.js';
import type { WorkloadDefinition } from '../harness/workload-definition.js';
import { formats } from '../reports/render/formats/index.js';
import type { Choice } from './flag.js';
import type { ListName } from './list.js';

export type { Examination } from '../harness/doctor/examination.js';
export { BenchError, type ExitCode, exitCode } from '../harness/errors.js';
export type { Inspection } from '../harness/inspect/inspection.js';
export type { PlannedTrial } from '../harness/plan.js';
export type {
  PolicyDefinition,
  PolicyServer,
  PrimaryPolicy,
  SchedulerPolicy,
  Start,
} from '../harness/policies/definition.js';
export { readRun } from '../harness/read-run.js';
export type * from '../harness/record.js';
export type { RunEvents } from '../harness/run.js';
export type {
  Candidate,
  Incoming,
  Scheduler,
  SchedulerOptions,
} from '../harness/runtimes/cluster/scheduler.js';
export type { ExchangeDefinition, WorkloadDefinition } from '../harness/workload-definition.js';
export type { Comparison, Criteria } from '../reports/analysis/comparison/compare.js';
export type { History } from '../reports/analysis/history.js';
export { type CellSummary, summarize } from '../reports/analysis/summary.js';
export { type CompareOptions, compare, type RunComparison } from './program/compare.js';
export type { ProgramPlan } from './program/definitions.js';
export { type HistoryOptions, history } from './program/history.js';
export { doctor, inspect, type WorkOptions } from './program/machine.js';
export {
  type ComparisonFormatName,
  type PartsFormatName,
  type RenderedPart,
  render,
  renderComparison,
  type TerminalOptions,
  type TextFormatName,
} from './program/render.js';
export { ab, type ProgramOptions, type ProgramSide, run } from './program/run.js';
export { exitCodeOf, judge } from './program/verdicts.js';

/**
 * A policy of your own, for `policies` of a plan, or as the default export of a module that `--policy` names. It is looked at
 * when it is used; here the compiler does.
 */
export function definePolicy(policy: PolicyDefinition): PolicyDefinition {
  return policy;
}

/** A workload of your own, for `workload` of a plan, or as the default export of a module that `--workload` names. */
export function defineWorkload(workload: WorkloadDefinition): WorkloadDefinition {
  return workload;
}

/** What may be named, with a line for each. */
export function list(name: ListName): readonly Choice[] {
  return { ...known, formats }[name].map(({ name, summary }) => ({ name, summary }));
}
