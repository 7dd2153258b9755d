import { BenchError, exitCode } from './errors.js';
import { type ListenEvent, type ProcessReading, readProbes } from './probe/reader.js';
import { isStream, listening, type ServerView, viewServer, withoutProbe } from './probe/server-view.js';
import type { Launched } from './runtimes/launch.js';

const pollMs = 10;
/** An app that has done what was expected of it gets this long to do more. */
const settledAfterMs = 250;
/** One whose primary has forked another number than it was asked for may only be slow. */
const surelySettledAfterMs = 2500;

export interface Waiting {
  server: Launched;
  folder: string;
  /** For messages: the app as the user named it. */
  label: string;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface Expected {
  workers: number;
  /** Besides, so many that are held back and do not listen yet. */
  late: number;
  /** The app forks its own and may fork another number: then it is ready when nothing new has happened for a while. */
  mayDiffer: boolean;
  isDriven: (at: ListenEvent) => boolean;
  /** A proxy is to stand before them. */
  hasProxy: boolean;
}

/**
 * Wait until the probe of each expected slot has reported `listen`.
 * @throws BenchError `app-failed` when the server ends first or is not ready in time; `probe-lost` when workers
 *   listen in which no probe runs
 */
export async function whenReady(
  waiting: Waiting,
  { workers, late, mayDiffer, isDriven, hasProxy }: Expected,
): Promise<ServerView> {
  const quietFor = quietTime();
  return until<ServerView>(waiting, (view, readings) => {
    const alive = view.workers.filter(({ exit }) => exit === undefined);
    const ready = alive.filter(({ reading }) => listening(reading).some(isDriven));
    const quietMs = quietFor(readings);
    const enough =
      ready.length >= workers || (mayDiffer && ready.length > 0 && quietMs >= surelySettledAfterMs);
    const isComplete = enough && ready.length + late >= alive.length;
    if (isComplete && hasProxy && view.proxy === undefined)
      return { state: 'all workers listen, and the proxy does not' };
    return isComplete ? { done: view } : { state: `${ready.length} of ${workers} workers listen` };
  });
}

/**
 * Wait until something listens and nothing new has happened for a while: for an app of which nothing is known yet but that
 * it was asked for so many workers in case it forks any.
 * @throws BenchError as {@link whenReady}
 */
export async function whenSettled(
  waiting: Waiting,
  workers: number,
): Promise<{ view: ServerView; readings: ProcessReading[] }> {
  const quietFor = quietTime();
  return until<{ view: ServerView; readings: ProcessReading[] }>(waiting, (view, readings) => {
    const quietMs = quietFor(readings);
    const all = view.primary === undefined ? readings : view.workers.map(({ reading }) => reading);
    const open = all.filter((reading) => listening(reading).some(isStream));
    const complete = open.length > 0 && (view.primary === undefined || open.length === all.length);
    const asAsked = view.primary === undefined || all.length === workers;
    return complete && quietMs >= (asAsked ? settledAfterMs : surelySettledAfterMs)
      ? { done: { view, readings } }
      : { state: `${open.length} of its processes listen${boundOnly(readings)}` };
  });
}

function boundOnly(readings: readonly ProcessReading[]): string {
  const bound = readings.some((reading) => listening(reading).some((at) => !isStream(at)));
  return bound ? ', and some are bound to a UDP port, which only --workload udp is for' : '';
}

/** Tells, from one look to the next, for how long nothing new has happened, ms. */
function quietTime(): (readings: readonly ProcessReading[]) => number {
  let last = '';
  let since = performance.now();
  return (readings) => {
    const counts = readings.map(({ events }) => events.length).join();
    if (counts !== last) since = performance.now();
    last = counts;
    return performance.now() - since;
  };
}

type Judged<T> = { done: T } | { state: string };

async function until<T>(
  { server, folder, label, timeoutMs, signal }: Waiting,
  judge: (view: ServerView, readings: ProcessReading[]) => Judged<T>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let ended: string | undefined;
  /** One that began between the listing of the files and the reading of the primary's is found at the next look. */
  let suspects: number[] = [];
  void server.exited.then((exit) => {
    ended = `${label} ended ${howEnded(exit)} before it was listening`;
  });
  for (;;) {
    signal.throwIfAborted();
    const readings = readProbes(folder);
    const view = viewServer(readings, server.pid);
    const missing = withoutProbe(view);
    const lost = missing.filter((pid) => suspects.includes(pid));
    suspects = missing;
    const judged = judge(view, readings);
    if ('done' in judged) return judged.done;
    if (lost.length > 0) throw probeLost(label, lost);
    const dead = view.workers.find(({ exit }) => exit !== undefined)?.exit;
    // That of the primary, seen in the same look, is what comes of it.
    if (dead !== undefined) ended = `a worker of ${label} ended ${howEnded(dead)} before all were listening`;
    if (performance.now() > deadline) {
      ended ??= `${label} did not listen within --timeout ${timeoutMs / 1000}s (${judged.state}). Raise it if the app needs longer`;
    }
    if (ended !== undefined) throw await appFailed(ended, server);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function howEnded({ code, signal }: { code: number | null; signal: string | null }): string {
  return signal === null ? `with exit code ${code}` : `by ${signal}`;
}

/** The group is ended first, so that its last words are all there. */
async function appFailed(message: string, server: Launched): Promise<BenchError> {
  await server.stop(0);
  const details = server.lastWords();
  const taken = takenPort(details.join('\n'));
  const reason =
    taken === undefined ? '' : `: port ${taken} is taken. Free it, or let the app have another with --port 0`;
  return new BenchError('app-failed', `${message}${reason}`, { details });
}

/**
 * As Node words it: `Error: listen EADDRINUSE: address already in use :::3000`, `bind EADDRINUSE 127.0.0.1:3000`; and as nginx
 * does: `bind() to 127.0.0.1:3000 failed (98: Address already in use)`.
 */
function takenPort(words: string): string | undefined {
  return (/EADDRINUSE\b.*:(\d+)$/m.exec(words) ?? /bind\(\) to \S+:(\d+) failed .*in use/.exec(words))?.[1];
}

function probeLost(label: string, pids: readonly number[]): BenchError {
  const message = `${label} forks workers with an environment of their own (PID ${pids.join(', ')}), so no probe runs in them. Let it pass process.env on, NODE_OPTIONS above all`;
  return new BenchError('probe-lost', message, { exitCode: exitCode.invalid });
}
