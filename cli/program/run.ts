import * as z from 'zod';
import { callable } from '../../harness/definition.js';
import { BenchError } from '../../harness/errors.js';
import type { PolicyDefinition } from '../../harness/policies/definition.js';
import { type Plan, type RunRecord, type Side, sideSchema } from '../../harness/record.js';
import { type RunOptions, runPlan } from '../../harness/run.js';
import { dismissGuardian } from '../../harness/runtimes/guard.js';
import { withSides } from '../../harness/sides.js';
import type { Comparison } from '../../reports/analysis/comparison/compare.js';
import { compareRun, isEnough } from '../../reports/analysis/comparison/of-run.js';
import { summarize } from '../../reports/analysis/summary.js';
import { judgeThresholds } from '../../reports/analysis/thresholds.js';
import { runsOfTwo } from '../plan.js';
import { complete } from './complete.js';
import { named, nameOf, type ProgramPlan } from './definitions.js';
import { assertGiven, nameOrDefinition, said } from './given.js';
import { thresholdsOf } from './verdicts.js';

export type ProgramOptions = Pick<
  RunOptions,
  'command' | 'output' | 'signal' | 'planned' | 'trialStarted' | 'trialFinished' | 'note'
> & {
  /** What must hold, as `--threshold` takes it: the record tells what became of each. */
  thresholds?: readonly string[];
};

const listener = callable.optional();
const optionsSchema = z.strictObject({
  output: z.string().nullable().optional(),
  thresholds: z.array(z.string()).optional(),
  signal: z
    .custom<AbortSignal>(
      (value) => typeof Object(value).throwIfAborted === 'function',
      'expected an AbortSignal',
    )
    .optional(),
  command: z.array(z.string()).optional(),
  planned: listener,
  trialStarted: listener,
  trialFinished: listener,
  note: listener,
});

/**
 * Run `plan` on real servers and return its record. What the plan leaves out is as on the command line. The record is
 * kept in memory unless `output` names a file. When `signal` aborts, the trial that is under way is dropped, and the record
 * of those before it says that it was interrupted; before there is anything to record its reason is thrown. Run one plan at a time: two would take CPU time from each other.
 * @throws BenchError when the plan cannot be begun, and when its record cannot be written (the message says where the trials
 *   are); a trial that fails is in the record
 */
export async function run(plan: ProgramPlan = {}, options: ProgramOptions = {}): Promise<RunRecord> {
  assertGiven(optionsSchema, options, 'options', 'bad-option');
  const { plan: inNames, definitions } = named(plan);
  return begin(complete(inNames, definitions), { ...options, definitions });
}

/** A side as it differs from the plan, and from the other. */
export type ProgramSide = Partial<Omit<Side, 'policy'>> & { policy?: string | PolicyDefinition };

const ofSideSchema = z.strictObject({
  ...z.object(sideSchema.shape).partial().shape,
  policy: nameOrDefinition.optional(),
});

/**
 * Run two servers in randomised blocks of two, 12 to 60 unless the plan says, and compare them; `comparison` is null where
 * one of them never ran.
 * @throws BenchError as {@link run}
 */
export async function ab(
  { base, candidate }: { base: ProgramSide; candidate: ProgramSide },
  plan: ProgramPlan = {},
  options: ProgramOptions = {},
): Promise<{ run: RunRecord; comparison: Comparison | null }> {
  assertGiven(optionsSchema, options, 'options', 'bad-option');
  assertGiven(ofSideSchema, base, 'base');
  assertGiven(ofSideSchema, candidate, 'candidate');
  const { runs = runsOfTwo.most, fewestRuns = plan.runs === undefined ? runsOfTwo.fewest : null } = plan;
  const given = { policies: ['rr'], ...plan, runs, fewestRuns };
  const ofSides = [base, candidate].flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
  const { definitions } = named({ ...given, policies: [...given.policies, ...ofSides] });
  const whole = complete(named(given).plan, definitions);
  const sideOf = ({ policy, ...side }: ProgramSide): Side => ({
    app: whole.app,
    workers: whole.workers[0] as number,
    node: whole.nodes[0] as string,
    ...said(side),
    policy: policy === undefined ? (whole.policies[0] as string) : nameOf(policy),
  });
  const sides = withSides(whole, { base: sideOf(base), candidate: sideOf(candidate) });
  const record = await begin(complete(sides, definitions), { ...options, definitions });
  const [comparison] = compareRun(record);
  return { run: record, comparison: comparison ?? null };
}

async function begin(
  plan: Plan,
  { thresholds = [], ...options }: ProgramOptions & Pick<RunOptions, 'definitions'>,
): Promise<RunRecord> {
  const parsed = thresholdsOf(thresholds, plan);
  try {
    const { run, failure } = await runPlan(plan, {
      ...options,
      summarize,
      isEnough,
      ...(parsed.length > 0 && { judge: (run) => judgeThresholds(parsed, summarize(run)) }),
    });
    if (failure !== undefined) throw new BenchError('output-unwritable', failure);
    return run;
  } finally {
    await dismissGuardian();
  }
}
