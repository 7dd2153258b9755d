import type { Socket } from 'node:net';
import type { Exchange } from '../../workloads/workload.js';
import type { Job } from './driver.js';
import { backOffMs, type Lane, Lanes } from './lanes.js';
import { openSocket } from './raw-socket.js';
import type { Recorder } from './recorder.js';

type Conversation = Extract<Exchange, { kind: 'pid' | 'conversation' }>;

const answerBytes = 64 * 1024;
/** Of a PID with its end of line there are less; what is longer is wrong, and is not read to its end. */
const longestAnswer = 32;

/** A connection per exchange, `job.connections` at a time: `pid` and `conversation`. */
export function connectionPerExchange(job: Job, recorder: Recorder): Promise<void> {
  const lanes = new Lanes(job, recorder);
  return lanes.run(job, (finished) => {
    const lane = new ConversationLane(job, recorder, lanes, finished);
    lane.next();
    return lane;
  });
}

class ConversationLane implements Lane {
  waitingSinceMs: number | undefined;
  readonly #job: Job;
  readonly #exchange: Conversation;
  readonly #recorder: Recorder;
  readonly #lanes: Lanes;
  readonly #finished: () => void;
  readonly #buffer: Buffer;
  #socket: Socket | undefined;
  #opened = false;
  /** What has come of a PID. */
  #answer = '';
  #answeredAtMs: number | undefined;
  #failure: string | undefined;

  constructor(job: Job, recorder: Recorder, lanes: Lanes, finished: () => void) {
    this.#job = job;
    this.#exchange = job.exchange as Conversation;
    this.#recorder = recorder;
    this.#lanes = lanes;
    this.#finished = finished;
    this.#buffer = Buffer.allocUnsafe(this.#exchange.kind === 'pid' ? 64 : answerBytes);
  }

  next(): void {
    if (!this.#lanes.take()) {
      this.#finished();
      return;
    }
    this.#opened = false;
    this.#answer = '';
    this.#answeredAtMs = undefined;
    this.#failure = undefined;
    this.#recorder.counts.attempted += 1;
    this.waitingSinceMs = this.#recorder.now();
    this.#socket = openSocket(this.#job, this.#buffer, this.#onRead);
    this.#socket.on('connect', this.#onConnect).on('error', this.#onError).on('close', this.#onClose);
  }

  expire(): void {
    this.waitingSinceMs = undefined;
    this.#failure = 'ETIMEDOUT';
    this.#socket?.destroy();
  }

  readonly #onConnect = () => {
    this.#opened = true;
    this.#recorder.opened(this.#elapsed());
    this.#recorder.counts.requestsSent += 1;
    if (this.#exchange.kind === 'pid') return;
    if (this.#exchange.payload === null) this.#socket?.end();
    else this.#socket?.write(this.#exchange.payload);
  };

  readonly #onRead = (bytes: number) => {
    if (this.#exchange.kind === 'pid') {
      this.#answer += this.#buffer.toString('latin1', 0, bytes);
      this.#answeredAtMs = this.#recorder.now();
      if (this.#answer.length > longestAnswer) this.#socket?.destroy();
      return;
    }
    if (this.#answeredAtMs !== undefined) return;
    this.#answeredAtMs = this.#recorder.now();
    this.#recorder.firstByte(this.#elapsed(this.#answeredAtMs));
    if (this.#exchange.payload !== null) this.#socket?.end();
  };

  readonly #onError = (error: NodeJS.ErrnoException) => {
    this.#failure ??= error.code ?? 'ERROR';
  };

  readonly #onClose = () => {
    this.#failure ??= this.#verify();
    if (this.#failure === undefined) {
      // Without a payload there is no answer to wait for: the close is it.
      const atMs =
        this.#exchange.kind === 'pid' || this.#exchange.payload !== null ? this.#answeredAtMs : undefined;
      this.#recorder.completed(this.#elapsed(atMs), atMs);
    } else if (this.#opened) {
      this.#recorder.failed(this.#failure);
    } else {
      this.#recorder.error(this.#failure);
    }
    this.waitingSinceMs = undefined;
    if (this.#opened) this.next();
    else setTimeout(() => this.next(), backOffMs);
  };

  /** What is wrong with a connection that was closed in good order. */
  #verify(): string | undefined {
    if (this.#exchange.kind === 'conversation') {
      return this.#exchange.payload !== null && this.#answeredAtMs === undefined ? 'NO_ANSWER' : undefined;
    }
    const [, pid] = /^(\d+)\n$/.exec(this.#answer) ?? [];
    if (pid === undefined) return this.#answer === '' ? 'NO_ANSWER' : 'WRONG_ANSWER';
    this.#recorder.answeredBy(pid);
    return undefined;
  }

  #elapsed(atMs: number = this.#recorder.now()): number {
    return atMs - (this.waitingSinceMs ?? atMs);
  }
}
