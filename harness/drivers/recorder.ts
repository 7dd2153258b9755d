import type { Histogram as Hdr } from 'hdr-histogram-js';
import type { ClientRecord, Histogram } from '../record.js';
import { emptyHistogram, encode, recordMs, toRecord } from './histogram.js';

const responseIntervalMs = 1000;

/** What a spell of load came to, as it travels from the client process to bench. Times in ms of CLOCK_MONOTONIC. */
export interface Spell {
  startedAtMs: number;
  deadlineMs: number;
  endedAtMs: number;
  client: ClientRecord;
  latency: { connect: Histogram; firstByte?: Histogram; response: Histogram };
  responseIntervalSeconds: number;
  response: string[];
  /** How many answers bore each PID; empty where answers bear none. */
  answeredBy: Record<string, number>;
}

type Counts = Omit<ClientRecord, 'status' | 'errors' | 'cpuSeconds' | 'eventLoopUtilization' | 'saturated'>;

/** Before anything has happened. */
export const noCounts: Counts = {
  attempted: 0,
  opened: 0,
  refused: 0,
  reset: 0,
  timedOut: 0,
  requestsSent: 0,
  requestsCompleted: 0,
  completedByDeadline: 0,
  requestsFailed: 0,
};

/** Accumulates one spell of load. A driver calls it; nothing is derived before {@link Recorder.finish}. */
export class Recorder {
  readonly counts: Counts = { ...noCounts };
  readonly startedAtMs: number;
  /** When the load stops; for a count of requests the time of the last answer, known at the end. */
  deadlineMs: number;
  lastAnswerMs: number;
  readonly #now: () => number;
  readonly #connect = emptyHistogram();
  readonly #firstByte = emptyHistogram();
  readonly #response = emptyHistogram();
  readonly #perInterval: Hdr[] = [];
  readonly #status: Record<string, number> = {};
  readonly #errors: Record<string, number> = {};
  readonly #answeredBy: Record<string, number> = {};

  /** `durationMs` null: until as many requests are done as were asked for. */
  constructor(now: () => number, durationMs: number | null) {
    this.#now = now;
    this.startedAtMs = now();
    this.deadlineMs = this.startedAtMs + (durationMs ?? Number.POSITIVE_INFINITY);
    this.lastAnswerMs = this.startedAtMs;
  }

  now(): number {
    return this.#now();
  }

  opened(connectMs: number): void {
    this.counts.opened += 1;
    recordMs(this.#connect, connectMs);
  }

  firstByte(ms: number): void {
    recordMs(this.#firstByte, ms);
  }

  /** A good answer, `ms` after its request was sent. */
  completed(ms: number, atMs: number = this.#now()): void {
    this.counts.requestsCompleted += 1;
    if (atMs <= this.deadlineMs) this.counts.completedByDeadline += 1;
    this.lastAnswerMs = Math.max(this.lastAnswerMs, atMs);
    recordMs(this.#response, ms);
    const interval = Math.floor((atMs - this.startedAtMs) / responseIntervalMs);
    while (this.#perInterval.length <= interval) this.#perInterval.push(emptyHistogram());
    recordMs(this.#perInterval[interval] as Hdr, ms);
  }

  /** A request that got a wrong answer or none. */
  failed(code: string): void {
    this.counts.requestsFailed += 1;
    this.error(code);
  }

  /** Something went wrong; where it cost a request, `failed` says so as well. */
  error(code: string): void {
    increment(this.#errors, code);
    if (code === 'ECONNREFUSED') this.counts.refused += 1;
    else if (code === 'ECONNRESET' || code === 'EPIPE') this.counts.reset += 1;
    else if (code === 'ETIMEDOUT') this.counts.timedOut += 1;
  }

  status(code: number): void {
    increment(this.#status, String(code));
  }

  answeredBy(pid: string): void {
    increment(this.#answeredBy, pid);
  }

  finish(usage: { cpuSeconds: number; eventLoopUtilization: number; saturated: boolean }): Spell {
    const deadlineMs = Number.isFinite(this.deadlineMs) ? this.deadlineMs : this.lastAnswerMs;
    return {
      startedAtMs: this.startedAtMs,
      deadlineMs,
      endedAtMs: this.#now(),
      client: { ...this.counts, status: this.#status, errors: this.#errors, ...usage },
      latency: {
        connect: toRecord(this.#connect),
        ...(this.#firstByte.totalCount === 0 ? {} : { firstByte: toRecord(this.#firstByte) }),
        response: toRecord(this.#response),
      },
      responseIntervalSeconds: responseIntervalMs / 1000,
      response: this.#perInterval.map(encode),
      answeredBy: this.#answeredBy,
    };
  }
}

function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
