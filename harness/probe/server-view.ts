import type { ListenEvent, ProbeEvent, ProcessReading } from './reader.js';

export interface WorkerView {
  slot: number;
  pid: number;
  /** Undefined when no probe runs in it. */
  reading: ProcessReading | undefined;
  /** `atMs` on CLOCK_MONOTONIC. */
  exit?: { code: number | null; signal: string | null; atMs: number };
}

/** The processes of one server, as its probes see them. */
export interface ServerView {
  /** Undefined where one process is all there is. */
  primary: ProcessReading | undefined;
  /** What the primary has started beside the workers, where a probe runs in it. */
  agents: ProcessReading[];
  /** A reverse proxy that stands before the workers, once it listens. */
  proxy?: { pid: number; address: string; port: number };
  /** Every worker there ever was, in the order of their start. */
  workers: WorkerView[];
}

/**
 * Tell primary from workers and give each worker its slot: a worker forked after another has disconnected or
 * ended takes the slot that became free first, otherwise the next one.
 */
export function viewServer(readings: readonly ProcessReading[], root: number): ServerView {
  const byPid = new Map(readings.map((reading) => [reading.pid, reading]));
  const primary = [byPid.get(root), ...readings].find((reading) => reading?.events.some(isFork));
  if (primary === undefined) {
    return { primary, agents: [], workers: [{ slot: 0, pid: root, reading: byPid.get(root) }] };
  }
  const workers: WorkerView[] = [];
  const free: number[] = [];
  const leaving = new Set<WorkerView>();
  let slots = 0;
  for (const event of primary.events) {
    if (event.type === 'fork') {
      workers.push({ slot: free.shift() ?? slots++, pid: event.worker, reading: byPid.get(event.worker) });
    } else if (event.type === 'worker-disconnect' || event.type === 'worker-exit') {
      const worker = workers.find(({ pid, exit }) => pid === event.worker && exit === undefined);
      if (worker === undefined) continue;
      if (event.type === 'worker-exit')
        worker.exit = { code: event.code, signal: event.signal, atMs: event.atMs };
      if (leaving.has(worker)) continue;
      leaving.add(worker);
      free.push(worker.slot);
    }
  }
  const proxy = primary.events.find((event) => event.type === 'proxy');
  const agents = readings.filter(
    (reading) =>
      reading.events.some((event) => event.type === 'start' && event.parent === primary.pid) &&
      workers.every(({ pid }) => pid !== reading.pid),
  );
  return { primary, agents, workers, ...(proxy && { proxy }) };
}

/** The PIDs that the primary heard listen in which no probe runs: they were forked with an environment of their own. */
export function withoutProbe({ primary, workers }: ServerView): number[] {
  const heard = new Set(
    primary?.events.flatMap((event) => (event.type === 'worker-listening' ? [event.worker] : [])),
  );
  return workers.filter(({ pid, reading }) => reading === undefined && heard.has(pid)).map(({ pid }) => pid);
}

/** The servers that listen in this process now, and the UDP sockets that are bound, in the order in which they began to. */
export function listening(reading: ProcessReading | undefined): ListenEvent[] {
  const open = new Map<number, ListenEvent>();
  for (const event of reading?.events ?? []) {
    if (event.type === 'listen') open.set(event.listener, event);
    else if (event.type === 'close') open.delete(event.listener);
  }
  return [...open.values()];
}

/** Not UDP, which an app may have bound beside what it serves. */
export function isStream({ protocol }: ListenEvent): boolean {
  return protocol !== 'udp';
}

function isFork(event: ProbeEvent): boolean {
  return event.type === 'fork';
}
