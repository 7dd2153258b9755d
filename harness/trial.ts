import type { Transport } from '../workloads/workload.js';
import { drivenAddress, drivenBy } from './driven.js';
import { startClient } from './drivers/client.js';
import type { Load } from './drivers/driver.js';
import { BenchError, exitCode } from './errors.js';
import { failedTrial } from './failed-trial.js';
import { freePort } from './free-port.js';
import { measure } from './measure.js';
import { expectedMechanism, type Policy } from './policies/policy.js';
import type { ListenEvent } from './probe/reader.js';
import type { ServerView } from './probe/server-view.js';
import { whenReady } from './ready.js';
import type { Cell, TrialRecord, Warning } from './record.js';
import type { Launch, Launched } from './runtimes/launch.js';
import { pinned } from './runtimes/pinned.js';
import type { ServerSpec } from './runtimes/server.js';
import type { Scenario } from './scenarios/scenario.js';
import { trialFolder } from './trial-folder.js';
import type { Ready } from './window.js';

/** All that one trial needs. */
export interface TrialSpec {
  cell: Cell;
  /** 1…runs. */
  run: number;
  policy: Policy;
  server: Omit<ServerSpec, 'folder'>;
  transport: Transport;
  /** What the class of the driven server says that it speaks; null for any. */
  listens: ListenEvent['protocol'] | null;
  /** The app as the user named it, or the built-in workload. */
  label: string;
  load: Load;
  /** What is done to the server while it is measured. */
  scenario: Scenario | null;
  /** Which CPUs each side may use, as taskset reads it; null for all. */
  pinning: { client: string | null; server: string | null };
  /** Of the client. */
  threads: number;
  durationSeconds: number | null;
  requests: number | null;
  warmupSeconds: number;
  timeoutSeconds: number;
  seed: number;
  /** What is known before it runs. */
  warnings: Warning[];
}

export interface TrialContext {
  launch: Launch;
  signal: AbortSignal;
  /** Looks on, in the trial's folder too. */
  observe?: { ready(ready: Ready): void; measured(ready: Ready): void };
  /** Processors that bench and its servers may use; fewer than the machine has in a container. */
  cores: number;
}

/**
 * Launch → ready → warm-up → measure → drain → collect → stop.
 * A server that cannot be measured gives an invalid record with its error; only a bug, an abort or a mistake of the user's throws.
 */
export async function runTrial(spec: TrialSpec, context: TrialContext): Promise<TrialRecord> {
  const startedAt = new Date().toISOString();
  try {
    return { ...(await launchAndMeasure(spec, context)), startedAt };
  } catch (error) {
    // What failed while bench was told to stop failed for that; a mistake of the user's no other trial will mend.
    if (context.signal.aborted || !(error instanceof BenchError) || error.exitCode === exitCode.usage)
      throw error;
    return failedTrial(
      { cell: spec.cell, run: spec.run, startedAt },
      expectedMechanism(spec.policy, spec.transport),
      error,
    );
  }
}

async function launchAndMeasure(
  spec: TrialSpec,
  { launch, signal, cores, observe }: TrialContext,
): Promise<Omit<TrialRecord, 'startedAt'>> {
  signal.throwIfAborted();
  const folder = trialFolder();
  const starting = [
    startServer(spec, folder, pinned(launch, spec.pinning.server)),
    startClient(pinned(launch, spec.pinning.client)),
    ...(spec.scenario === null ? [] : [startClient(pinned(launch, spec.pinning.client))]),
  ] as const;
  try {
    const [server, client, burstClient = client] = await Promise.all(starting);
    const isDriven = drivenBy(spec);
    const late = spec.scenario?.isLate ? 1 : 0;
    const hasProxy = spec.policy.mechanism === 'proxy';
    const view = await whenReady(
      { server, folder, label: spec.label, timeoutMs: spec.timeoutSeconds * 1000, signal },
      { workers: spec.cell.workers - late, late, mayDiffer: spec.server.clustersItself, isDriven, hasProxy },
    );
    const driven = drivenAddress(view, isDriven);
    const parts = { server, client, burstClient, folder, view, driven, signal, cores };
    const ready = { spec: asForked(spec, view), ...parts };
    observe?.ready(ready);
    const trial = await measure(ready);
    observe?.measured(ready);
    return trial;
  } finally {
    const started = await Promise.allSettled(starting);
    await Promise.all(started.map((part) => (part.status === 'fulfilled' ? part.value.stop() : undefined)));
  }
}

async function startServer(
  { server, policy, scenario }: TrialSpec,
  folder: string,
  launch: Launch,
): Promise<Launched> {
  const asked = server.port ?? server.askedPort;
  const needsPort = policy.fixedPort === true && (asked === 0 || asked === null);
  const port = needsPort ? await freePort() : server.port;
  const launched = await launch(policy.start({ ...server, folder, port, ...scenarioOf(scenario, server) }));
  launched.stdout.resume(); // An app may say as much as it likes.
  return launched;
}

/** What its workers must know. */
function scenarioOf(scenario: Scenario | null, { workers }: TrialSpec['server']): Partial<ServerSpec> {
  if (!scenario?.needsCommands) return {};
  return { scenario: { lateId: scenario.isLate ? workers : null } };
}

/** k is what the app forked, which a warning tells where that is not what it was asked for. */
function asForked(spec: TrialSpec, { workers }: ServerView): TrialSpec {
  const [asked, forked] = [spec.cell.workers, workers.filter(({ exit }) => exit === undefined).length];
  if (forked === asked) return spec;
  return {
    ...spec,
    cell: { ...spec.cell, workers: forked },
    warnings: [...spec.warnings, { code: 'workers-differ', asked, forked }],
  };
}
