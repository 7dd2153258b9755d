import type { Hdr } from '../hdr.js';
import type { ClientRecord, Histogram } from '../record.js';
import { connectionClose } from './driver.js';
import { emptyHistogram, encode, merged, recordMs, toRecord } from './histogram.js';

const responseIntervalMs = 1000;

/** What a spell of load came to, as it travels from the client process to bench. Times in ms of CLOCK_MONOTONIC. */
export interface Spell {
  startedAtMs: number;
  deadlineMs: number;
  endedAtMs: number;
  client: ClientRecord;
  latency: { connect: Histogram; firstByte?: Histogram; response: Histogram; service?: Histogram };
  responseIntervalSeconds: number;
  response: string[];
  /** How many answers bore each PID; empty where answers bear none. */
  answeredBy: Record<string, number>;
}

type Counts = Pick<
  ClientRecord,
  | 'attempted'
  | 'opened'
  | 'refused'
  | 'reset'
  | 'timedOut'
  | 'requestsSent'
  | 'requestsCompleted'
  | 'completedByDeadline'
  | 'requestsFailed'
>;

/** What only an open loop has: arrivals on a schedule. */
interface OpenCounts {
  scheduled: number;
  unsent: number;
  /** The best share of what was due that had been sent, at any arrival in the second half; null before there is one. */
  achieved: number | null;
}

/** What the client process knows of itself. */
export type Usage = Pick<ClientRecord, 'cpuSeconds' | 'eventLoopUtilization' | 'saturated' | 'gc'>;

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
  startedAtMs: number;
  /** When the load stops; for a count of requests the time of the last answer, known at the end. */
  deadlineMs: number;
  lastAnswerMs: number;
  /** On what a raw client's connections are made. */
  sockets: ClientRecord['sockets'];
  /** A driver calls it when the load has begun: connections that are opened at once have been asked for. */
  onBegun: () => void = () => {};
  readonly #now: () => number;
  readonly #connect = emptyHistogram();
  readonly #firstByte = emptyHistogram();
  readonly #service = emptyHistogram();
  readonly #sendLag = emptyHistogram();
  readonly #lagQuarters = [0, 1, 2, 3].map(() => ({ arrivals: 0, sumMs: 0 }));
  readonly #durationMs: number | null;
  #open: OpenCounts | undefined;
  readonly #perInterval: Hdr[] = [];
  /** By the code, 100…999. */
  readonly #statuses = new Array<number>(1000).fill(0);
  readonly #errors: Record<string, number> = {};
  readonly #answeredBy: Record<string, number> = {};

  /** `durationMs` null: until as many requests are done as were asked for. */
  constructor(now: () => number, durationMs: number | null) {
    this.#now = now;
    this.#durationMs = durationMs;
    this.startedAtMs = now();
    this.deadlineMs = this.startedAtMs + (durationMs ?? Number.POSITIVE_INFINITY);
    this.lastAnswerMs = this.startedAtMs;
  }

  now(): number {
    return this.#now();
  }

  /** The clock of the window starts now: the connections that an open loop keeps are open. */
  begin(): void {
    this.startedAtMs = this.#now();
    this.deadlineMs = this.startedAtMs + (this.#durationMs ?? Number.POSITIVE_INFINITY);
    this.lastAnswerMs = this.startedAtMs;
    this.#open = { scheduled: 0, unsent: 0, achieved: null };
  }

  /**
   * One arrival has come to be handled.
   * @param part of the schedule that is over, 0…1
   * @param waiting arrivals before it that have not been sent
   */
  arrived(lagMs: number, part: number, waiting: number): void {
    const open = this.#open as OpenCounts;
    if (part >= 0.5)
      open.achieved = Math.max(open.achieved ?? 0, open.scheduled === 0 ? 1 : 1 - waiting / open.scheduled);
    open.scheduled += 1;
    recordMs(this.#sendLag, lagMs);
    const quarter = this.#lagQuarters[Math.min(3, Math.floor(part * 4))];
    if (quarter === undefined) return;
    quarter.arrivals += 1;
    quarter.sumMs += lagMs;
  }

  /** Arrivals that were given up. */
  unsent(arrivals: number): void {
    if (this.#open !== undefined) this.#open.unsent += arrivals;
  }

  opened(connectMs: number): void {
    this.counts.opened += 1;
    recordMs(this.#connect, connectMs);
  }

  /** A good answer to a request that was due, and sent, at these times; `firstByteMs` null where it says nothing. */
  answered(intendedMs: number, sentMs: number, firstByteMs: number | null, atMs: number): void {
    if (firstByteMs !== null) recordMs(this.#firstByte, firstByteMs - sentMs);
    if (this.#open !== undefined) recordMs(this.#service, atMs - sentMs);
    this.completed(atMs - intendedMs, atMs);
  }

  /** A good answer, `ms` after its request was due. */
  completed(ms: number, atMs: number = this.#now()): void {
    this.counts.requestsCompleted += 1;
    if (atMs <= this.deadlineMs) this.counts.completedByDeadline += 1;
    if (atMs > this.lastAnswerMs) this.lastAnswerMs = atMs;
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

  /** Requests that failed and of which no error tells: their connections were closed. */
  unexplained(code: string): void {
    const { [connectionClose]: _closed, ECONNREFUSED: _refused, ...errors } = this.#errors;
    const told = Object.values(errors).reduce((sum, times) => sum + times, 0);
    for (let left = this.counts.requestsFailed - told; left > 0; left -= 1) this.error(code);
  }

  status(code: number): void {
    this.#statuses[code] = (this.#statuses[code] ?? 0) + 1;
  }

  answeredBy(pid: string): void {
    increment(this.#answeredBy, pid);
  }

  finish(usage: Usage): Spell {
    const deadlineMs = Number.isFinite(this.deadlineMs) ? this.deadlineMs : this.lastAnswerMs;
    return {
      startedAtMs: this.startedAtMs,
      deadlineMs,
      endedAtMs: this.#now(),
      client: {
        ...this.counts,
        ...(this.sockets === undefined ? {} : { sockets: this.sockets }),
        ...this.#openCounts(),
        status: this.#status(),
        errors: this.#errors,
        ...usage,
      },
      latency: {
        connect: toRecord(this.#connect),
        ...(this.#firstByte.totalCount === 0 ? {} : { firstByte: toRecord(this.#firstByte) }),
        response: toRecord(merged(this.#perInterval)),
        ...(this.#open === undefined ? {} : { service: toRecord(this.#service) }),
      },
      responseIntervalSeconds: responseIntervalMs / 1000,
      response: this.#perInterval.map(encode),
      answeredBy: this.#answeredBy,
    };
  }

  #status(): Record<string, number> {
    return Object.fromEntries(
      this.#statuses.flatMap((count, code) => (count === 0 ? [] : [[String(code), count]])),
    );
  }

  #openCounts() {
    if (this.#open === undefined) return {};
    const sendLagQuartersMs = this.#lagQuarters.map(({ arrivals, sumMs }) =>
      arrivals === 0 ? 0 : sumMs / arrivals,
    );
    // A schedule with nothing in its second half has no backlog to show.
    return {
      ...this.#open,
      achieved: this.#open.achieved ?? 1,
      sendLag: toRecord(this.#sendLag),
      sendLagQuartersMs,
    };
  }
}

function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
