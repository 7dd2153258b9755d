import type { Transport } from '../workloads/workload.js';
import { acceptOrder, countSequence, encodeOrder } from './accept-order.js';
import { emptyHistogram, recordAllMs, toRecord } from './drivers/histogram.js';
import type { Spell } from './drivers/recorder.js';
import {
  type ProcessReading,
  type ProcessRow,
  readAccepts,
  readFlushes,
  readHandOvers,
} from './probe/reader.js';
import { dropped, type Observation, type ObservedWorker, total } from './quiet-point.js';
import type { Conservation, FrontRecord, TrialRecord, WorkerRecord } from './record.js';
import { countTimeline, type SlotEvents } from './timeline.js';

export interface Window {
  folder: string;
  before: Observation;
  after: Observation;
  spell: Spell;
  /** Of a scenario. */
  burst?: Spell;
  /** Workers end in it, and what one had taken since its last flush, or was about to take, nobody can tell. */
  mayLose?: boolean;
  /** Slots: k, the configured number of workers. */
  slots: number;
  transport: Transport;
  of: Conservation['of'];
  /** Of the process that forks the workers. */
  front: FrontRecord['role'];
}

type Attributed = Pick<
  TrialRecord,
  'workers' | 'front' | 'conservation' | 'handOff' | 'sequence' | 'acceptOrder' | 'timeline'
>;

/** Everything of the record that says which process got what in the window: the difference of two quiet points. */
export function attribute(window: Window): Attributed {
  const workers = workersInWindow(window);
  const events = workers.flatMap(({ worker, before }) => eventsOf(window.folder, worker, before));
  const order = acceptOrder(events);
  const { spell, slots } = window;
  const rows = workers.map(({ worker, before }) => workerRow(worker, before, window));
  const attributed = rows.reduce((sum, { connections }) => sum + connections, 0);
  return {
    workers: rows.toSorted((a, b) => a.slot - b.slot),
    front: frontRows(window),
    ...handOffOf(window),
    conservation: conservationOf(window, attributed),
    sequence: countSequence(order, slots),
    acceptOrder: encodeOrder(order),
    timeline: {
      ...countTimeline(events, slots, spell),
      responseIntervalSeconds: spell.responseIntervalSeconds,
      response: spell.response,
    },
  };
}

/**
 * Connections are all accounted for. Datagrams may be lost, but for those that were answered; so may requests that a client
 * cuts off before a proxy has passed them on.
 */
function conservationOf(window: Window, attributed: number): Conservation {
  const { of } = window;
  const spells = [window.spell, ...(window.burst ? [window.burst] : [])];
  const all = (field: 'opened' | 'requestsSent' | 'requestsCompleted') =>
    spells.reduce((sum, { client }) => sum + client[field], 0);
  const opened = of === 'connections' ? all('opened') : all('requestsSent');
  const surely = of === 'connections' ? opened : all('requestsCompleted');
  const least = surely - lost(window);
  const holds = attributed <= opened && attributed >= least;
  return { of, holds, opened, attributed, unattributed: opened - attributed };
}

/** Connections at most that were opened and that no probe can have counted. */
function lost({ before, after, spell, burst, mayLose = false }: Window): number {
  if (burst === undefined) return 0;
  const turnedAway = dropped(after) - dropped(before);
  if (!mayLose) return turnedAway;
  const unflushed = after.workers.map(({ exit, reading }) => {
    if (exit === undefined) return 0;
    // As if all had been opened before it ended: where it was the only one, nothing was from then on.
    const perMs = spell.client.opened / Math.max(1, exit.atMs - spell.startedAtMs);
    return Math.ceil(perMs * Math.max(0, exit.atMs - (reading?.row.atMs ?? exit.atMs)));
  });
  const inFlight = spell.client.reset + spell.client.timedOut + burst.client.attempted;
  return turnedAway + inFlight + unflushed.reduce((sum, count) => sum + count, 0);
}

interface WorkerInWindow {
  worker: ObservedWorker;
  /** The same worker when the window opened; undefined when it was started since. */
  before: ObservedWorker | undefined;
}

/** Every worker that has lived since the quiet point before the window: one that died there was not seen to be gone. */
function workersInWindow({ before, after }: Window): WorkerInWindow[] {
  return after.workers
    .map((worker) => ({ worker, before: before.workers.find(({ pid }) => pid === worker.pid) }))
    .filter((pair) => pair.before?.exit === undefined);
}

function workerRow(
  worker: ObservedWorker,
  before: ObservedWorker | undefined,
  { spell: { startedAtMs }, transport }: Window,
): WorkerRecord {
  const gained = (field: 'connections' | 'requests' | 'bytesRead' | 'bytesWritten') =>
    total(worker, field) - (before === undefined ? 0 : total(before, field));
  const { exit } = worker;
  return {
    slot: worker.slot,
    pid: worker.pid,
    connections: gained('connections'),
    requests: gained('requests'),
    bytesRead: gained('bytesRead'),
    ...(transport === 'udp' ? {} : { bytesWritten: gained('bytesWritten') }),
    ...usage(worker.reading?.row, before?.reading?.row),
    ...(exit === undefined
      ? {}
      : { exit: { code: exit.code, signal: exit.signal, atSeconds: (exit.atMs - startedAtMs) / 1000 } }),
  };
}

function frontRows({ before, after, front }: Window): FrontRecord[] {
  const primary: ProcessReading | undefined = after.view.primary;
  if (primary === undefined) return [];
  const proxies = after.proxy.map(({ cpuSeconds, ...now }): FrontRecord => {
    const then = before.proxy.find(({ pid }) => pid === now.pid)?.cpuSeconds ?? 0;
    return { role: 'proxy', ...now, cpuSeconds: Math.max(0, cpuSeconds - then) };
  });
  const agents = after.view.agents.map(({ pid, row }): FrontRecord => {
    const then = before.view.agents.find((agent) => agent.pid === pid)?.row;
    return { role: 'agent', pid, ...usage(row, then) };
  });
  const first = { role: front, pid: primary.pid, ...usage(primary.row, before.view.primary?.row) };
  return [first, ...agents, ...proxies];
}

/** Nothing where no primary handed over a connection. */
function handOffOf({ before, after, folder }: Window): Pick<TrialRecord, 'handOff'> {
  const { primary } = after.view;
  const then = before.view.primary?.row;
  const { handed = 0, refusals = 0 } = primary?.row ?? {};
  const count = handed - (then?.handed ?? 0);
  if (primary === undefined || count <= 0) return {};
  const took = readHandOvers(folder, primary.pid, then?.handed ?? 0).subarray(0, count);
  const latency = emptyHistogram();
  recordAllMs(latency, took);
  const isTold = primary.events.some(({ type }) => type === 'queue');
  const longest = queuesOf(before, after).map((queue) => queue.longest);
  return {
    handOff: {
      latency: toRecord(latency),
      refusals: refusals - (then?.refusals ?? 0),
      ...(isTold && { longestQueue: Math.max(0, ...longest) }),
    },
  };
}

/** What a primary of ours has told of its queues in the window. */
export function queuesOf(before: Observation, after: Observation) {
  const sinceMs = before.view.primary?.row.atMs ?? 0;
  const events = after.view.primary?.events ?? [];
  return events.flatMap((event) => (event.type === 'queue' && event.atMs > sinceMs ? [event] : []));
}

function usage(now: ProcessRow | undefined, then: ProcessRow | undefined) {
  const activeMs = (now?.activeMs ?? 0) - (then?.activeMs ?? 0);
  const idleMs = (now?.idleMs ?? 0) - (then?.idleMs ?? 0);
  return {
    cpuSeconds: ((now?.cpuMicroseconds ?? 0) - (then?.cpuMicroseconds ?? 0)) / 1e6,
    eventLoopUtilization: activeMs + idleMs === 0 ? 0 : activeMs / (activeMs + idleMs),
    maxRssBytes: now?.maxRssBytes ?? 0,
  };
}

function eventsOf(folder: string, worker: ObservedWorker, before: ObservedWorker | undefined): SlotEvents[] {
  return worker.listeners.map(({ listener, row }) => {
    const then = before?.listeners.find((other) => other.listener === listener)?.row;
    // The counters of the row, not the files' ends, say what the quiet point saw.
    const connections = row.connections - (then?.connections ?? 0);
    const atMs = readAccepts(folder, worker.pid, listener, then?.connections ?? 0).subarray(0, connections);
    const since = readFlushes(folder, worker.pid, listener).filter(
      (flush) => flush.atMs > (then?.atMs ?? 0) && flush.atMs <= row.atMs,
    );
    const flushes = then === undefined ? since : [then, ...since];
    // What a process leaves open when it ends, ends with it.
    if (worker.exit !== undefined) flushes.push({ ...row, atMs: worker.exit.atMs, closed: row.connections });
    return { slot: worker.slot, atMs, flushes };
  });
}
