import { randomUUID } from 'node:crypto';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exchange } from '../workloads/workload.js';
import { attribute } from './attribution.js';
import { type LoadClient, startClient } from './drivers/client.js';
import type { Spell } from './drivers/recorder.js';
import { BenchError } from './errors.js';
import { failedTrial } from './failed-trial.js';
import { freePort } from './free-port.js';
import { machineCpuSeconds } from './machine-load.js';
import { classify, findListeners, type Member } from './mechanism.js';
import type { Policy } from './policies/policy.js';
import type { ListenEvent } from './probe/reader.js';
import { listening, type ServerView } from './probe/server-view.js';
import { quietPoint } from './quiet-point.js';
import { whenReady } from './ready.js';
import type { Cell, TrialRecord, Warning } from './record.js';
import type { Launch, Launched } from './runtimes/launch.js';
import type { ServerSpec } from './runtimes/server.js';
import { reachable } from './scout.js';
import { followExit, rowsWithExit } from './server-exit.js';
import { invalidity, warningsOf } from './verdict.js';

/** All that one trial needs. */
export interface TrialSpec {
  cell: Cell;
  /** 1…runs. */
  run: number;
  policy: Policy;
  server: Omit<ServerSpec, 'folder'>;
  /** What the class of the driven server says that it speaks; null for any. */
  listens: ListenEvent['protocol'] | null;
  /** The app as the user named it, or the built-in workload. */
  label: string;
  exchange: Exchange;
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
}

/**
 * Launch → ready → warm-up → measure → drain → collect → stop.
 * A server that cannot be measured gives an invalid record with its error; only a bug or an abort throws.
 */
export async function runTrial(spec: TrialSpec, context: TrialContext): Promise<TrialRecord> {
  const startedAt = new Date().toISOString();
  try {
    return { ...(await measure(spec, context)), startedAt };
  } catch (error) {
    // What failed while bench was told to stop failed for that.
    if (context.signal.aborted || !(error instanceof BenchError)) throw error;
    return failedTrial({ cell: spec.cell, run: spec.run, startedAt }, spec.policy.mechanism, error);
  }
}

async function measure(
  spec: TrialSpec,
  { launch, signal }: TrialContext,
): Promise<Omit<TrialRecord, 'startedAt'>> {
  signal.throwIfAborted();
  const folder = join(tmpdir(), `cluster-bench-${randomUUID()}`);
  const started: { stop(): Promise<void> }[] = [];
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const server = keep(await launch(spec.policy.start(await serverSpec(spec, folder))));
    server.stdout.resume();
    const client = keep(await startClient(launch));
    const timeoutMs = spec.timeoutSeconds * 1000;
    const isDriven = drivenBy(spec);
    const view = await whenReady(
      { server, folder, label: spec.label, timeoutMs, signal },
      { workers: spec.cell.workers, mayDiffer: spec.server.clustersItself, isDriven },
    );
    const driven = drivenAddress(view, isDriven);
    return await drive({ spec: asForked(spec, view), server, client, folder, view, signal, driven });
  } finally {
    await Promise.all(started.reverse().map((part) => part.stop()));
  }
}

interface Ready {
  spec: TrialSpec;
  server: Launched;
  client: LoadClient;
  folder: string;
  view: ServerView;
  signal: AbortSignal;
  driven: { host: string; port: number };
}

async function drive({
  spec,
  server,
  client,
  folder,
  view,
  signal,
  driven,
}: Ready): Promise<Omit<TrialRecord, 'startedAt'>> {
  const expected = spec.policy.mechanism;
  const members = membersOf(view);
  const listeners = await findListeners(members, driven.port);
  const detected = listeners === undefined ? 'unknown' : classify(members, listeners);

  const spell = async (durationMs: number | null, requests: number | null): Promise<Spell> => {
    const { connections, driver } = spec.cell;
    const job = { driver, target: driven, exchange: spec.exchange, connections, durationMs, requests };
    return abortable(
      client.drive({ ...job, timeoutMs: spec.timeoutSeconds * 1000, seed: spec.seed }),
      signal,
    );
  };
  const serverExit = followExit(server);
  const watch = { folder, root: server.pid, port: driven.port };
  const warmup = spec.warmupSeconds > 0 ? await spell(spec.warmupSeconds * 1000, null) : undefined;
  const warmedUp = warmup?.client.opened ?? 0;
  const before = await quietPoint({ ...watch, sinceMs: warmup?.endedAtMs ?? 0, opened: warmedUp });
  const busyBefore = machineCpuSeconds();
  const measured = await spell(
    spec.durationSeconds === null ? null : spec.durationSeconds * 1000,
    spec.requests,
  );
  const machine = {
    cpuSeconds: machineCpuSeconds() - busyBefore,
    wallSeconds: (measured.endedAtMs - measured.startedAtMs) / 1000,
  };
  const after = await quietPoint({
    ...watch,
    sinceMs: measured.endedAtMs,
    opened: warmedUp + measured.client.opened,
  });

  const exit = serverExit();
  const isAlone = view.primary === undefined;
  const attributed = attribute({ folder, before, after, spell: measured, slots: spec.cell.workers });
  const trial = {
    cell: spec.cell,
    run: spec.run,
    measuredSeconds: (measured.deadlineMs - measured.startedAtMs) / 1000,
    drainSeconds: Math.max(0, measured.endedAtMs - measured.deadlineMs) / 1000,
    mechanism: { expected, detected, listeners: listeners ?? [] },
    client: measured.client,
    latency: measured.latency,
    ...attributed,
    ...(isAlone && exit && { workers: rowsWithExit(attributed.workers, exit, measured.startedAtMs) }),
  };
  const judged = {
    ...trial,
    mechanismKnown: listeners !== undefined,
    ...(!isAlone && exit && { primaryExit: { ...exit, pid: server.pid } }),
  };
  const error = invalidity(judged, measured);
  const rig = { before, after, machine, cores: cpus().length, platform: process.platform };
  const warnings = [...spec.warnings, ...warningsOf(judged, rig)];
  return { ...trial, warnings, valid: error === undefined, ...(error === undefined ? {} : { error }) };
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

async function serverSpec({ server, policy }: TrialSpec, folder: string): Promise<ServerSpec> {
  const asked = server.port ?? server.askedPort;
  const needsPort = policy.fixedPort === true && (asked === 0 || asked === null);
  return { ...server, folder, port: needsPort ? await freePort() : server.port };
}

/** The app's servers are told apart by the port that they ask for and by their class; a built-in workload has one. */
function drivenBy({ server: { askedPort }, listens }: TrialSpec): (at: ListenEvent) => boolean {
  return ({ port, protocol, ...at }) =>
    port !== undefined &&
    (askedPort === null || at.askedPort === askedPort) &&
    (listens === null || protocol === listens);
}

function drivenAddress({ workers }: ServerView, isDriven: (at: ListenEvent) => boolean) {
  const at = workers.flatMap(({ reading }) => listening(reading)).find(isDriven);
  return { host: reachable(at?.address ?? ''), port: at?.port ?? 0 };
}

function membersOf({ primary, workers }: ServerView): Member[] {
  const live = workers.filter(({ exit }) => exit === undefined);
  return [
    ...(primary === undefined ? [] : [{ pid: primary.pid, role: 'primary' as const }]),
    ...live.map(({ pid }) => ({ pid, role: 'worker' as const })),
  ];
}

/** `promise`, or the abort, whichever is first; what is left behind is ended by the trial's clean-up. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
