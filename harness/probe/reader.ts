import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import layout from './layout.cjs';

type Row<Fields extends readonly string[]> = Record<Fields[number], number>;
export type ProcessRow = Row<typeof layout.processFields>;
export type ListenerRow = Row<typeof layout.listenerFields>;

export interface ListenEvent {
  type: 'listen';
  atMs: number;
  listener: number;
  protocol: 'http' | 'https' | 'tls' | 'tcp' | 'udp';
  address?: string;
  port?: number;
  /** A UNIX socket's; such a server has no address and no port. */
  path?: string | null;
  askedPort?: number;
  /** Of our own runtimes: the primary hands connections over to it, or has sent it a server. */
  via?: 'handed-over' | 'sent';
}
export type ProbeEvent =
  | ListenEvent
  | { type: 'start'; atMs: number; pid: number; parent: number; workerId?: number }
  | { type: 'close'; atMs: number; listener: number }
  | {
      type: 'fork' | 'worker-listening' | 'worker-disconnect';
      atMs: number;
      workerId: number;
      worker: number;
    }
  | {
      type: 'worker-exit';
      atMs: number;
      workerId: number;
      worker: number;
      code: number | null;
      signal: string | null;
    }
  | { type: 'exit'; atMs: number; code: number }
  /** Of a reverse proxy's primary: where the proxy listens, and its PID. */
  | { type: 'proxy'; atMs: number; pid: number; address: string; port: number }
  /** Of our own cluster: connections that waited, since the last such event. */
  | { type: 'queue'; atMs: number; dropped: number; longest: number }
  /** Of our own cluster: `what` its scheduler `name` did wrong first. */
  | { type: 'scheduler-failed'; atMs: number; name: string; what: string };

/** What one process had written by its last flush. Counts are of its lifetime. */
export interface ProcessReading {
  pid: number;
  events: ProbeEvent[];
  row: ProcessRow;
  /** By the listener's number in this process. */
  listeners: ListenerRow[];
}

/** Read what every probe has written into `folder`, by PID; a process that has not flushed yet is left out. */
export function readProbes(folder: string): ProcessReading[] {
  const names = filesIn(folder);
  return names
    .filter((name) => name.endsWith('.process'))
    .flatMap((name) => {
      const pid = name.slice(0, -'.process'.length);
      const row = readRow(join(folder, name), layout.processFields);
      if (row === undefined) return [];
      const listeners = names
        .filter((other) => other.startsWith(`${pid}-`) && other.endsWith('.listener'))
        .toSorted((a, b) => numberOf(a) - numberOf(b))
        .flatMap((other) => lastRow(join(folder, other), layout.listenerFields));
      return [{ pid: Number(pid), events: readEvents(join(folder, `${pid}.events`)), row, listeners }];
    });
}

/** Times of the accepts of one listener after its first `skip`, ms of CLOCK_MONOTONIC. */
export function readAccepts(folder: string, pid: number, listener: number, skip: number): Float64Array {
  return floats(join(folder, `${pid}-${listener}.accepts`), skip);
}

/** How long each connection that a primary handed over after its first `skip` was on its way, ms. */
export function readHandOvers(folder: string, pid: number, skip: number): Float64Array {
  try {
    return floats(join(folder, `${pid}.handovers`), skip);
  } catch {
    return new Float64Array(); // A process that forks nothing has none.
  }
}

/** What one listener had counted at each of its flushes. */
export function readFlushes(folder: string, pid: number, listener: number): ListenerRow[] {
  return readRows(join(folder, `${pid}-${listener}.listener`), layout.listenerFields);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Not made yet.
  }
}

/** The number n of `<pid>-<n>.listener`. */
function numberOf(name: string): number {
  return Number(name.slice(name.indexOf('-') + 1, name.lastIndexOf('.')));
}

/** A row whose two sequence numbers differ was being written: read again. */
function readRow<Fields extends readonly string[]>(path: string, fields: Fields): Row<Fields> | undefined {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const numbers = floats(path);
    if (numbers.length >= fields.length && numbers[0] === numbers[fields.length - 1])
      return toRow(numbers, fields);
  }
  return undefined;
}

/** Rows that were appended; of one that is being written nothing is said. */
function readRows<Fields extends readonly string[]>(path: string, fields: Fields): Row<Fields>[] {
  const numbers = floats(path);
  const width = fields.length;
  return Array.from({ length: Math.floor(numbers.length / width) }, (_, index) =>
    toRow(numbers.subarray(index * width, (index + 1) * width), fields),
  );
}

/** The last whole one of the rows that were appended, or nothing; a long trial's file is not read for it. */
function lastRow<Fields extends readonly string[]>(path: string, fields: Fields): Row<Fields>[] {
  const numbers = new Float64Array(fields.length);
  const file = openSync(path, 'r');
  try {
    const rows = Math.floor(fstatSync(file).size / numbers.byteLength);
    if (rows === 0) return [];
    readSync(file, numbers, 0, numbers.byteLength, (rows - 1) * numbers.byteLength);
    return [toRow(numbers, fields)];
  } finally {
    closeSync(file);
  }
}

function toRow<Fields extends readonly string[]>(numbers: Float64Array, fields: Fields): Row<Fields> {
  return Object.fromEntries(fields.map((field, index) => [field, numbers[index]])) as Row<Fields>;
}

/** Without the first `skip` of them; whole ones only. */
function floats(path: string, skip = 0): Float64Array {
  const file = openSync(path, 'r');
  try {
    const numbers = new Float64Array(Math.max(0, Math.floor(fstatSync(file).size / 8) - skip));
    const read = readSync(file, numbers, 0, numbers.byteLength, skip * 8);
    return numbers.subarray(0, Math.floor(read / 8));
  } finally {
    closeSync(file);
  }
}

function readEvents(path: string): ProbeEvent[] {
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ProbeEvent);
}
