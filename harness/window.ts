import { setTimeout } from 'node:timers/promises';
import { monotonicMs } from './clock.js';
import type { Driven } from './driven.js';
import type { LoadClient } from './drivers/client.js';
import type { Job } from './drivers/driver.js';
import type { Spell } from './drivers/recorder.js';
import { machineCpuSeconds } from './machine-load.js';
import type { ServerView } from './probe/server-view.js';
import { type Observation, quietPoint } from './quiet-point.js';
import type { Conservation } from './record.js';
import type { Launched } from './runtimes/launch.js';
import { burstOf, type Happened, happen } from './scenarios/happen.js';
import type { TrialSpec } from './trial.js';

/** A server that listens and a client that waits for a job. */
export interface Ready {
  spec: TrialSpec;
  server: Launched;
  client: LoadClient;
  /** Of a scenario. */
  burstClient: LoadClient;
  folder: string;
  view: ServerView;
  driven: Driven;
  signal: AbortSignal;
  cores: number;
}

/** What was driven, between two quiet points. */
export interface Window {
  before: Observation;
  after: Observation;
  spell: Spell;
  /** What the whole machine did while the client was driving, and a scenario went on. */
  machine: { cpuSeconds: number; wallSeconds: number };
  happened?: Happened;
}

/** A scenario begins when this part of the window is over. */
const eventAt = 0.25;
/** A worker that dies younger is not replaced. */
const grownUpMs = 1100;

/**
 * Of the warm-up: it is driven in two spells, so that V8 has seen connections end before it compiles what is hot. Otherwise
 * the end of the warm-up throws that code away, in the servers and in the client, and it is compiled anew in the window.
 */
const warmupShares = [0.2, 0.8];

/** Warm up, and measure from one quiet point to the next. */
export async function openWindow(ready: Ready): Promise<Window> {
  const { spec, server, client, folder, driven, signal } = ready;
  const timeoutMs = spec.timeoutSeconds * 1000;
  const jobFor = (durationSeconds: number | null, requests: number | null): Job => {
    const { connections, driver } = spec.cell;
    return {
      ...spec.load,
      driver,
      target: driven.target,
      authority: driven.authority,
      connections,
      durationMs: durationSeconds === null ? null : durationSeconds * 1000,
      requests,
      timeoutMs,
      seed: spec.seed,
      thread: { index: 0, of: spec.threads },
      firstPlace: 0,
    };
  };
  const drive = (job: Job, onBegun?: () => void): Promise<Spell> => {
    signal.throwIfAborted();
    return abortable(client.drive(job, onBegun), signal);
  };
  const watch = { folder, root: server.pid, isDriven: driven.isDriven, patienceMs: timeoutMs, signal };
  let warmedUp = 0;
  let sinceMs = 0;
  for (const share of spec.warmupSeconds > 0 ? warmupShares : []) {
    const warmup = await drive(jobFor(spec.warmupSeconds * share, null));
    warmedUp += surelySeen(spec, warmup);
    sinceMs = warmup.endedAtMs;
  }
  if (spec.scenario?.endsWorkers) await grownUp(ready.view, signal);
  const before = await quietPoint({ ...watch, sinceMs, opened: warmedUp, lateSlot: lateSlotOf(spec) });
  const busyBefore = machineCpuSeconds();
  const sinceBusyMs = monotonicMs();
  const job = jobFor(spec.durationSeconds, spec.requests);
  const failed = new AbortController();
  let onBegun = () => {};
  const begun = new Promise<void>((resolve) => {
    onBegun = resolve;
  });
  const happening = scenarioIn({ ...ready, signal: AbortSignal.any([signal, failed.signal]) }, job, begun);
  happening.catch(() => {}); // Told below.
  const spell = await drive(job, onBegun).catch(async (error: unknown) => {
    failed.abort(error);
    // It must not go on with processes that are gone.
    await happening.catch(() => {});
    throw error;
  });
  const happened = await happening;
  const machine = {
    cpuSeconds: machineCpuSeconds() - busyBefore,
    // A scenario may outlast the spell.
    wallSeconds: (monotonicMs() - sinceBusyMs) / 1000,
  };
  const spells = [spell, ...(happened ? [happened.burst] : [])];
  // Whom a full or dying server has turned away it need not have seen.
  const surely = spec.scenario === null ? surelySeen(spec, spell) : sum(spells.map(answered));
  const endedAtMs = Math.max(...spells.map((each) => each.endedAtMs));
  const after = await quietPoint({ ...watch, sinceMs: endedAtMs, opened: warmedUp + surely });
  return { before, after, spell, machine, ...(happened && { happened }) };
}

const answered = ({ client }: Spell) => client.requestsCompleted;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

async function scenarioIn(
  { spec, server, burstClient, folder, driven, signal }: Ready,
  load: Job,
  begun: Promise<void>,
): Promise<Happened | undefined> {
  if (spec.scenario === null) return undefined;
  const stage = {
    folder,
    root: server.pid,
    workers: spec.cell.workers,
    isDriven: driven.isDriven,
    client: burstClient,
    job: burstOf(load),
    begun,
    timeoutMs: load.timeoutMs,
    signal,
  };
  return abortable(happen(spec.scenario, stage, (load.durationMs ?? 0) * eventAt), signal);
}

async function grownUp({ workers }: ServerView, signal: AbortSignal): Promise<void> {
  const starts = workers.flatMap(({ reading }) =>
    (reading?.events ?? []).flatMap((event) => (event.type === 'start' ? [event.atMs] : [])),
  );
  const left = Math.max(...starts, 0) + grownUpMs - monotonicMs();
  if (left > 0) await setTimeout(left, undefined, { signal });
}

/**
 * What the workers are given one by one: behind a proxy that speaks HTTP they are given requests, each on a connection of the
 * proxy's.
 */
export function unitOf({ transport, policy, server }: TrialSpec): Conservation['of'] {
  if (transport === 'udp') return 'datagrams';
  return policy.mechanism === 'proxy' && server.speaks === 'http' ? 'requests' : 'connections';
}

/** How many of them the probes must come to see: what was not answered may not have come at all. */
function surelySeen(spec: TrialSpec, { client }: Spell): number {
  return unitOf(spec) === 'connections' ? client.opened : client.requestsCompleted;
}

/** Whose worker is held back, and does not listen yet. */
export function lateSlotOf({ scenario, cell }: TrialSpec): number | null {
  return scenario?.isLate ? scenario.slot(cell.workers) : null;
}

/** `promise`, or the abort, whichever is first; what is left behind is ended by the trial's clean-up. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
