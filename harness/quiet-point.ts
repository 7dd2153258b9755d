import { monotonicMs } from './clock.js';
import { type ListenerRow, type ProcessReading, readProbes } from './probe/reader.js';
import { type ServerView, viewServer, type WorkerView } from './probe/server-view.js';

/** What the probes say at a quiet point: nothing is open and every probe has reported since. */
export interface Observation {
  view: ServerView;
  workers: ObservedWorker[];
  /** Connections still open when the wait was given up; 0 in good order. */
  stillOpen: number;
  /** Live workers that have not reported for all the wait: their event loop is blocked. */
  silent: { slot: number; pid: number; seconds: number }[];
}

/** A worker with the counters of its servers on the driven port, over its lifetime. */
export interface ObservedWorker extends WorkerView {
  listeners: { listener: number; row: ListenerRow & { binsBytes: number } }[];
}

const pollMs = 5;
/** How long a quiet point is waited for. A probe flushes every 25 ms; a hand-over in flight takes less. */
const patienceMs = 1000;

export interface QuietRequest {
  folder: string;
  root: number;
  port: number;
  /** When the last connection was closed, ms of CLOCK_MONOTONIC: reports must be newer. */
  sinceMs: number;
  /** Connections opened so far: the probes should come to see as many. */
  opened: number;
}

/** Wait for the quiet point, at most a second, and say what it is like. */
export async function quietPoint(request: QuietRequest): Promise<Observation> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const observation = observe(request);
    const accepted = observation.workers.reduce((sum, worker) => sum + total(worker, 'connections'), 0);
    const quiet =
      observation.silent.length === 0 && observation.stillOpen === 0 && accepted >= request.opened;
    if (quiet || performance.now() > giveUpAt) return observation;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** The sum of one counter over a worker's servers on the driven port. */
export function total({ listeners }: ObservedWorker, field: keyof ListenerRow): number {
  return listeners.reduce((sum, { row }) => sum + row[field], 0);
}

function observe({ folder, root, port, sinceMs }: QuietRequest): Observation {
  const view = viewServer(readProbes(folder), root);
  const workers = view.workers.map((worker) => ({ ...worker, listeners: onPort(worker.reading, port) }));
  const live = workers.filter(({ exit, pid }) => exit === undefined && isAlive(pid));
  return {
    view,
    workers,
    stillOpen: live.reduce((sum, worker) => sum + total(worker, 'connections') - total(worker, 'closed'), 0),
    silent: live.flatMap(({ slot, pid, reading }) => {
      const reportedMs = reading?.row.atMs ?? sinceMs;
      return reportedMs > sinceMs ? [] : [{ slot, pid, seconds: (monotonicMs() - reportedMs) / 1000 }];
    }),
  };
}

function onPort(reading: ProcessReading | undefined, port: number): ObservedWorker['listeners'] {
  const numbers = new Set(
    reading?.events.flatMap((event) =>
      event.type === 'listen' && event.port === port ? [event.listener] : [],
    ),
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
