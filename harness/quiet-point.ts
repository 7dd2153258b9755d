import { monotonicMs } from './clock.js';
import type { Driven } from './driven.js';
import { type ListenerRow, type ProcessReading, readProbes } from './probe/reader.js';
import { type ServerView, viewServer, type WorkerView } from './probe/server-view.js';
import { type ProcessUsage, usageOf, withChildren } from './process-usage.js';

/** What the probes say at a quiet point: nothing is open and every probe has reported since. */
export interface Observation {
  view: ServerView;
  workers: ObservedWorker[];
  /** The processes of a reverse proxy, over their lifetimes. */
  proxy: ProcessUsage[];
  /** Connections still open when the wait was given up; 0 in good order. */
  stillOpen: number;
  /** Live workers that have not reported for all the wait: their event loop is blocked. */
  silent: { slot: number; pid: number; seconds: number }[];
  /** The same of a primary. */
  silentPrimary?: { pid: number; seconds: number };
}

/** A worker with the counters of its servers at the driven address, over its lifetime. */
export interface ObservedWorker extends WorkerView {
  listeners: { listener: number; row: ListenerRow }[];
}

const pollMs = 5;
export interface QuietRequest {
  folder: string;
  root: number;
  isDriven: Driven['isDriven'];
  /** When the last connection was closed, ms of CLOCK_MONOTONIC: reports must be newer. */
  sinceMs: number;
  /** Connections, or datagrams, that the probes should come to see. */
  opened: number;
  /** How long it is waited for: a probe flushes every 50 ms, but a worker may be busy, or keep a connection. */
  patienceMs: number;
  signal: AbortSignal;
  /** Whose worker is held back and tells nothing; null for none. */
  lateSlot?: number | null;
}

/** Wait for the quiet point, no longer than there is patience, and say what it is like. */
export async function quietPoint(request: QuietRequest): Promise<Observation> {
  const giveUpAt = performance.now() + request.patienceMs;
  for (;;) {
    request.signal.throwIfAborted();
    const observation = observe(request);
    if (isQuiet(observation, request) || performance.now() > giveUpAt) return observation;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** What a worker that died had accepted since its last flush, nobody will ever tell. */
function isQuiet(observation: Observation, { opened, sinceMs }: QuietRequest): boolean {
  const { view, workers, silent, stillOpen } = observation;
  const accepted = workers.reduce((sum, worker) => sum + total(worker, 'connections'), 0);
  const complete = accepted >= opened && hasReported(view.primary, opened, sinceMs);
  const isLost = workers.some(({ exit, pid }) => exit !== undefined || !isAlive(pid));
  return silent.length === 0 && stillOpen === 0 && (complete || isLost);
}

/** The primary, whose CPU is of the same window; and where it hands connections over, of every one. */
function hasReported(primary: ProcessReading | undefined, opened: number, sinceMs: number): boolean {
  if (primary === undefined || !isAlive(primary.pid)) return true;
  const { atMs, handed } = primary.row;
  return atMs > sinceMs && (handed === 0 || handed >= opened);
}

/** Connections that the workers closed at their `maxConnections`, over their lifetimes. */
export function dropped({ workers }: Observation): number {
  return workers.reduce((sum, worker) => sum + total(worker, 'dropped'), 0);
}

/** The sum of one counter over a worker's servers at the driven address. */
export function total({ listeners }: ObservedWorker, field: keyof ListenerRow): number {
  return listeners.reduce((sum, { row }) => sum + row[field], 0);
}

function observe({ folder, root, isDriven, sinceMs, lateSlot = null }: QuietRequest): Observation {
  const view = viewServer(readProbes(folder), root);
  const workers = view.workers.map((worker) => ({
    ...worker,
    listeners: drivenOf(worker.reading, isDriven),
  }));
  const live = workers.filter(({ exit, pid }) => exit === undefined && isAlive(pid));
  const silentPrimary = silenceOf(view.primary, sinceMs);
  return {
    ...(silentPrimary && { silentPrimary }),
    view,
    workers,
    proxy: view.proxy === undefined ? [] : withChildren(view.proxy.pid).map(usageOf),
    stillOpen: live.reduce((sum, worker) => sum + total(worker, 'connections') - total(worker, 'closed'), 0),
    silent: live.flatMap(({ slot, pid, reading }) => {
      const reportedMs = reading?.row.atMs ?? sinceMs;
      return reportedMs > sinceMs || slot === lateSlot
        ? []
        : [{ slot, pid, seconds: (monotonicMs() - reportedMs) / 1000 }];
    }),
  };
}

/** A probe flushes every 50 ms; one that is late by less may be so because the machine is busy. */
const surelySilentSeconds = 1;

function silenceOf(primary: ProcessReading | undefined, sinceMs: number): Observation['silentPrimary'] {
  if (primary === undefined || primary.row.atMs > sinceMs || !isAlive(primary.pid)) return undefined;
  const seconds = (monotonicMs() - primary.row.atMs) / 1000;
  return seconds > surelySilentSeconds ? { pid: primary.pid, seconds } : undefined;
}

function drivenOf(
  reading: ProcessReading | undefined,
  isDriven: Driven['isDriven'],
): ObservedWorker['listeners'] {
  const numbers = new Set(
    reading?.events.flatMap((event) => (event.type === 'listen' && isDriven(event) ? [event.listener] : [])),
  );
  return [...numbers].flatMap((listener) => {
    const row = reading?.listeners[listener];
    return row === undefined ? [] : [{ listener, row }];
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
