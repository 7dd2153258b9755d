import { backOffMs, type Job } from '../driver.js';
import type { Recorder } from '../recorder.js';
import type { Answers, Codec } from './codec.js';
import type { Connection, ConnectionEvents, Open } from './connection.js';
import type { Pumped, Work } from './work.js';

/** What all places of one spell share. */
export interface Spread {
  job: Job;
  recorder: Recorder;
  work: Work;
  open: Open;
  /** A codec for the next connection of place `index`. */
  codec(answers: Answers, index: number): Codec;
  /** Requests per connection; Infinity where connections are kept. */
  perConnection: number;
  /** The largest read, bytes. */
  bufferBytes: number;
  /** A place has seen its first connection open, or fail. */
  tried(): void;
  finished(place: Place): void;
}

/**
 * One of the `--connections` places: it holds at most one connection at a time, with up to `--pipelining` requests
 * outstanding. Kept connections are opened at once; others when there is a request, whose response time then counts
 * from before the connection.
 */
export class Place implements Pumped, Answers, ConnectionEvents {
  readonly index: number;
  readonly #spread: Spread;
  readonly #buffer: Buffer;
  readonly #isKept: boolean;
  /** Requests outstanding, the oldest at `#head`: when each was due, and when it was sent. */
  readonly #intendedMs: Float64Array;
  readonly #sentMs: Float64Array;
  #head = 0;
  #outstanding = 0;
  #connection: Connection | undefined;
  #codec: Codec | undefined;
  /** The request that the connection is opened for. */
  #firstMs: number | undefined;
  #beganMs = 0;
  #connected = false;
  #ready = false;
  #tried = false;
  #sent = 0;
  /** Nothing more may be sent on this connection. */
  #closing = false;
  #closingSinceMs = 0;
  #failure: string | undefined;
  /** The clock at the last read. */
  #nowMs = 0;
  /** When the first byte of the oldest answer came. */
  #firstByteMs: number | undefined;
  #isIdle = false;

  constructor(spread: Spread, index: number) {
    this.#spread = spread;
    this.index = index;
    this.#buffer = Buffer.allocUnsafeSlow(spread.bufferBytes);
    this.#isKept = spread.perConnection === Number.POSITIVE_INFINITY;
    this.#intendedMs = new Float64Array(spread.job.pipelining);
    this.#sentMs = new Float64Array(spread.job.pipelining);
  }

  /** When what it waits for was begun, ms; undefined while it waits for nothing. */
  get waitingSinceMs(): number | undefined {
    if (this.#connection === undefined) return undefined;
    if (this.#outstanding > 0) return this.#sentMs[this.#head];
    if (!this.#ready) return this.#beganMs;
    return this.#closing ? this.#closingSinceMs : undefined;
  }

  /** Give up what it waits for: it did not come in time. */
  expire(): void {
    this.#fail('ETIMEDOUT');
  }

  /** Send what there is to send, or open a connection for it. */
  pump(): void {
    this.#isIdle = false;
    const { work, recorder } = this.#spread;
    if (this.#connection === undefined) this.#begin();
    else if (this.#ready && !this.#closing) this.#fill(work, recorder.now());
  }

  #begin(): void {
    const { work, recorder } = this.#spread;
    this.#beganMs = recorder.now();
    if (!this.#isKept) this.#firstMs = work.take(this.#beganMs, this.index);
    // Whether it is over is asked last: the deadline may pass between two looks at the clock.
    if (this.#firstMs !== undefined || (this.#isKept && !work.over)) this.#open();
    else if (work.over) this.#spread.finished(this);
    else this.#rest(work);
  }

  #open(): void {
    const { recorder, codec, open } = this.#spread;
    this.#connected = false;
    this.#ready = false;
    this.#sent = 0;
    this.#closing = false;
    this.#failure = undefined;
    this.#firstByteMs = undefined;
    this.#codec = codec(this, this.index);
    recorder.counts.attempted += 1;
    this.#connection = open(this, this.#buffer, this.index);
  }

  connected(): void {
    const { recorder } = this.#spread;
    this.#connected = true;
    recorder.opened(recorder.now() - this.#beganMs);
  }

  ready(): void {
    const { recorder, work } = this.#spread;
    this.#ready = true;
    const nowMs = recorder.now();
    const firstMs = this.#firstMs;
    this.#firstMs = undefined;
    if (firstMs !== undefined) this.#send(firstMs, nowMs);
    this.#fill(work, nowMs);
    this.#try();
  }

  #fill(work: Work, nowMs: number): void {
    const { perConnection, job } = this.#spread;
    while (this.#outstanding < job.pipelining && this.#sent < perConnection) {
      const intendedMs = work.take(nowMs, this.index);
      if (intendedMs === undefined) {
        if (work.over) break;
        this.#rest(work);
        return;
      }
      this.#send(intendedMs, nowMs);
    }
    if (this.#outstanding === 0) this.#close(nowMs);
  }

  #rest(work: Work): void {
    if (this.#isIdle) return;
    this.#isIdle = true;
    work.idle(this);
  }

  #send(intendedMs: number, nowMs: number): void {
    const { job, recorder } = this.#spread;
    const last = (this.#head + this.#outstanding) % job.pipelining;
    this.#intendedMs[last] = intendedMs;
    this.#sentMs[last] = nowMs;
    this.#outstanding += 1;
    this.#sent += 1;
    recorder.counts.requestsSent += 1;
    const bytes = this.#codec?.request() ?? null;
    if (bytes !== null) this.#connection?.write(bytes);
  }

  /** All is answered and nothing more will be sent. */
  #close(nowMs: number): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#closingSinceMs = nowMs;
    // A connection that carries so many requests and no more need not be taken leave of.
    if (this.#isKept) this.#connection?.end();
    else this.#connection?.destroy();
  }

  received(bytes: number): void {
    if (this.#failure !== undefined || this.#codec === undefined) return;
    this.#nowMs = this.#spread.recorder.now();
    this.#firstByteMs ??= this.#nowMs;
    const isPipelined = this.#spread.job.pipelining > 1;
    // What several answers make room for goes out in one write.
    if (isPipelined) this.#connection?.cork();
    const failure = this.#codec.read(this.#buffer, bytes);
    if (isPipelined) this.#connection?.uncork();
    if (failure !== undefined) this.#fail(failure);
    else if (this.#codec.inside && this.#isUnasked) this.#fail('UNASKED_ANSWER');
  }

  answered(failure?: string, keepAlive = true): void {
    if (this.#isUnasked) {
      this.#fail('UNASKED_ANSWER');
      return;
    }
    const { recorder, job, work } = this.#spread;
    const at = this.#head;
    this.#head = (at + 1) % job.pipelining;
    this.#outstanding -= 1;
    const [intendedMs, sentMs] = [this.#intendedMs[at] ?? 0, this.#sentMs[at] ?? 0];
    if (failure !== undefined) recorder.failed(failure);
    else {
      const firstByteMs = this.#codec?.firstByte ? (this.#firstByteMs ?? this.#nowMs) : null;
      recorder.answered(intendedMs, sentMs, firstByteMs, this.#nowMs);
    }
    // What follows in the same read begins with it.
    this.#firstByteMs = undefined;
    if (this.#closing) return;
    if (keepAlive) {
      this.#fill(work, this.#nowMs);
      return;
    }
    this.#closing = true;
    this.#closingSinceMs = this.#nowMs;
    if (this.#outstanding === 0) this.#connection?.destroy();
  }

  /** What was sent in this very read cannot be what these bytes answer. */
  get #isUnasked(): boolean {
    return this.#outstanding === 0 || this.#sentMs[this.#head] === this.#nowMs;
  }

  finish(): void {
    this.#connection?.end();
  }

  status(code: number): void {
    if (!this.#isUnasked) this.#spread.recorder.status(code);
  }

  answeredBy(pid: string): void {
    this.#spread.recorder.answeredBy(pid);
  }

  #fail(code: string): void {
    this.#failure ??= code;
    this.#connection?.destroy();
  }

  broken(code: string): void {
    // The server has accepted it and reset it before this process had a look: one that it does not want it refuses.
    if (!this.#connected && code === 'ECONNRESET') this.connected();
    this.#failure ??= code;
  }

  closed(): void {
    const { recorder, work } = this.#spread;
    this.#closing = true;
    // Where nothing was read, the close itself is the answer.
    if (this.#firstByteMs === undefined) this.#nowMs = recorder.now();
    if (this.#failure === undefined && this.#ready && this.#outstanding > 0)
      this.#failure = this.#codec?.end();
    const failure = this.#failure;
    if (this.#outstanding === 0 && failure !== undefined) recorder.error(failure);
    for (; this.#outstanding > 0; this.#outstanding -= 1) recorder.failed(failure ?? 'NO_ANSWER');
    if (this.#firstMs !== undefined) work.giveBack(this.#firstMs, this.index);
    this.#firstMs = undefined;
    this.#head = 0;
    this.#connection = undefined;
    this.#try();
    if (this.#ready) this.pump();
    else setTimeout(() => this.pump(), backOffMs);
  }

  #try(): void {
    if (this.#tried) return;
    this.#tried = true;
    this.#spread.tried();
  }
}
