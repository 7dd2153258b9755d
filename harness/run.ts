import { catalogueOf, type Definitions } from './catalogue.js';
import { assertSocketsKnown } from './drivers/raw/tcp-binding.js';
import { assertEnoughFiles, describeEnvironment } from './environment.js';
import { assertLocal } from './local-addresses.js';
import type { PlannedTrial } from './plan.js';
import { assertSupported, prepare } from './prepare.js';
import type { Plan, RunRecord, ThresholdRecord, TrialRecord } from './record.js';
import { schemaVersion } from './record.js';
import { launch } from './runtimes/launch.js';
import { assertPinnable } from './runtimes/pinned.js';
import { runTrials } from './session.js';
import { sidesOf } from './sides.js';
import { openFreeStore, openStore, type RunHeader, type Store } from './store.js';
import { targetOf } from './target.js';
import { describeTool } from './tool.js';
import { runTrial } from './trial.js';

/** What a caller may wish to hear of while a run goes on. */
export interface RunEvents {
  /** The trials in the order in which they are to run. */
  planned?(trials: readonly PlannedTrial[]): void;
  /** `index` is from 0. */
  trialStarted?(trial: PlannedTrial, index: number): void;
  trialFinished?(trial: TrialRecord): void;
  /** What it is at before the first trial, such as the installation of a Node. */
  note?(line: string): void;
}

export interface RunOptions extends RunEvents {
  /** The command line, for the record. */
  command?: readonly string[];
  /** Where the record is kept as it grows; null keeps it in memory. */
  output?: string | null;
  /** `output` is only a suggestion: where that name is taken, it is another beside it. */
  outputMayDiffer?: boolean;
  /** Told once where each trial is kept from then on. */
  stored?(store: Pick<Store, 'journal' | 'abandon'>): void;
  /** Ends the run early; finished trials are kept. */
  signal?: AbortSignal;
  /** Of the user's own, beside the modules that the plan names. */
  definitions?: Definitions;
  /** Derives `summary` from the trials. */
  summarize(run: { trials: TrialRecord[]; plan: Plan }): unknown[];
  /** Asked after each block: the run ends there if it is so. */
  isEnough?(run: { trials: readonly TrialRecord[]; plan: Plan }, block: number): boolean;
  /** Holds the thresholds against the trials; absent where there are none. */
  judge?(run: { trials: TrialRecord[]; plan: Plan }): ThresholdRecord[];
}

export interface RunOutcome {
  run: RunRecord;
  /** Where the record was written; absent when it is in memory only. */
  path?: string;
  /** One line on what could not be written, and where the results are. */
  failure?: string;
}

/** Of an app, which is asked about again when it has been looked at. */
const notKnownYet = { clustersItself: false, transport: 'tcp' } as const;

/**
 * Run a plan on real servers.
 * @throws BenchError when the plan cannot be begun: an unknown Node, a policy that it lacks, an app that does not start,
 *   an output that cannot be written
 */
export async function runPlan(plan: Plan, options: RunOptions): Promise<RunOutcome> {
  const { signal = new AbortController().signal, note = () => {} } = options;
  const startedAt = new Date().toISOString();
  const catalogue = await catalogueOf(plan, options.definitions);
  const sides = await sidesOf(plan, { log: note, signal });
  for (const { plan, nodes } of sides) {
    const { known = notKnownYet } = targetOf(plan, catalogue.workload(plan.workload));
    assertSupported(plan, nodes, catalogue, known);
  }
  const environment = await describeEnvironment({
    nodes: Object.fromEntries(
      sides.flatMap(({ nodes }) => nodes).map(({ label, ...facts }) => [label, facts]),
    ),
    peers: Object.assign(
      {},
      ...sides.flatMap(({ plan: { policies, app } }) =>
        policies.map((name) => catalogue.policy(name).peers?.(app?.path ?? null)),
      ),
    ),
  });
  assertEnoughFiles({ connections: plan.connections, limit: environment.openFilesLimit });
  assertPinnable({ '--client-cpus': plan.clientCpus, '--server-cpus': plan.serverCpus });
  assertSocketsKnown();
  await assertLocal(plan.localAddresses);
  const prepared = await prepare(plan, sides, { launch, signal, catalogue });
  const header: RunHeader = {
    schemaVersion,
    tool: describeTool(),
    command: [...(options.command ?? [])],
    startedAt,
    plan: prepared.plan,
    environment,
  };
  const store = await openStoreAt(options, header);
  if (store) options.stored?.(store);
  const trials: TrialRecord[] = [];
  options.planned?.(prepared.trials);
  const { availableParallelism, cgroupCpuLimit = availableParallelism } = environment;
  const cores = Math.min(availableParallelism, cgroupCpuLimit);
  const isEnough = (block: number) => options.isEnough?.({ trials, plan: prepared.plan }, block) ?? false;
  const session = runTrials(prepared.trials, {
    isEnough,
    runTrial: (trial) => runTrial(trial, { launch, signal, cores }),
    append: async (trial) => store?.append(trial),
    signal,
    onStart: (trial, index) => options.trialStarted?.(trial, index),
  });
  try {
    for await (const trial of session) {
      trials.push(trial);
      options.trialFinished?.(trial);
    }
  } catch (error) {
    await store?.discard(); // What is in the journal stays.
    throw error;
  }
  const run: RunRecord = {
    ...header,
    finishedAt: new Date().toISOString(),
    interrupted: signal.aborted,
    trials,
    summary: options.summarize({ trials, plan: prepared.plan }),
    ...(options.judge && { thresholds: options.judge({ trials, plan: prepared.plan }) }),
  };
  return { run, ...(await keep(run, store)) };
}

async function openStoreAt(
  { output = null, outputMayDiffer }: RunOptions,
  header: RunHeader,
): Promise<Store | undefined> {
  if (output === null) return undefined;
  return outputMayDiffer ? openFreeStore(output, header) : openStore(output, header);
}

/** A run that was interrupted before its first trial ended leaves no file. */
async function keep(run: RunRecord, store: Store | undefined): Promise<Omit<RunOutcome, 'run'>> {
  if (run.trials.length > 0) return (await store?.finish(run)) ?? {};
  await store?.discard();
  return {};
}
