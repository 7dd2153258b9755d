import type { Socket } from 'node:net';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Job } from './driver.js';
import { backOffMs, type Lane, Lanes } from './lanes.js';
import { openSocket } from './raw-socket.js';
import type { Recorder } from './recorder.js';

const readBytes = 64 * 1024;

/** Connections that are kept, one message outstanding on each: `echo`. */
export function keptConnections(job: Job, recorder: Recorder): Promise<void> {
  const lanes = new Lanes(job, recorder);
  return lanes.run(job, (finished, index) => {
    const lane = new EchoLane(job, recorder, lanes, finished, index);
    lane.open();
    return lane;
  });
}

class EchoLane implements Lane {
  waitingSinceMs: number | undefined;
  readonly #job: Job;
  readonly #recorder: Recorder;
  readonly #lanes: Lanes;
  readonly #finished: () => void;
  readonly #message: Buffer;
  readonly #buffer: Buffer;
  #socket: Socket | undefined;
  #opened = false;
  /** A request is out and its answer is not whole. */
  #asking = false;
  #received = 0;
  #failure: string | undefined;

  constructor(job: Job, recorder: Recorder, lanes: Lanes, finished: () => void, index: number) {
    this.#job = job;
    this.#recorder = recorder;
    this.#lanes = lanes;
    this.#finished = finished;
    const sizeBytes = job.exchange.kind === 'echo' ? job.exchange.sizeBytes : 0;
    // Each lane has bytes of its own, so that an answer meant for another is found out.
    this.#message = randomBytes(sizeBytes, job.seed + index);
    this.#buffer = Buffer.allocUnsafe(Math.min(sizeBytes, readBytes));
  }

  open(): void {
    if (this.#lanes.over) {
      this.#finished();
      return;
    }
    this.#opened = false;
    this.#asking = false;
    this.#failure = undefined;
    this.#recorder.counts.attempted += 1;
    this.waitingSinceMs = this.#recorder.now();
    this.#socket = openSocket(this.#job, this.#buffer, this.#onRead);
    this.#socket.on('connect', this.#onConnect).on('error', this.#onError).on('close', this.#onClose);
  }

  expire(): void {
    this.waitingSinceMs = undefined;
    this.#fail('ETIMEDOUT');
  }

  readonly #onConnect = () => {
    this.#opened = true;
    this.#recorder.opened(this.#elapsed());
    this.#ask();
  };

  #ask(): void {
    this.#asking = this.#lanes.take();
    if (!this.#asking) {
      this.waitingSinceMs = this.#recorder.now();
      this.#socket?.end();
      return;
    }
    this.#received = 0;
    // No two in a row are the same, so that an answer given twice is found out.
    this.#message[0] = ((this.#message[0] ?? 0) + 1) & 0xff;
    this.#recorder.counts.requestsSent += 1;
    this.waitingSinceMs = this.#recorder.now();
    this.#socket?.write(this.#message);
  }

  readonly #onRead = (bytes: number) => {
    const end = this.#received + bytes;
    const expected = this.#message.subarray(this.#received, end);
    if (!this.#asking || !this.#buffer.subarray(0, bytes).equals(expected)) {
      this.#fail('WRONG_ANSWER');
      return;
    }
    this.#received = end;
    if (end < this.#message.length) return;
    this.#asking = false;
    this.#recorder.completed(this.#elapsed());
    this.#ask();
  };

  #fail(code: string): void {
    this.#failure ??= code;
    this.#socket?.destroy();
  }

  readonly #onError = (error: NodeJS.ErrnoException) => {
    this.#failure ??= error.code ?? 'ERROR';
  };

  readonly #onClose = () => {
    const failure = this.#failure ?? (this.#asking ? 'NO_ANSWER' : undefined);
    if (failure !== undefined && this.#asking) this.#recorder.failed(failure);
    else if (failure !== undefined) this.#recorder.error(failure);
    this.waitingSinceMs = undefined;
    if (failure === undefined) this.#finished();
    else if (this.#opened) this.open();
    else setTimeout(() => this.open(), backOffMs);
  };

  #elapsed(): number {
    const nowMs = this.#recorder.now();
    return nowMs - (this.waitingSinceMs ?? nowMs);
  }
}

function randomBytes(size: number, seed: number): Buffer {
  const generator = xoroshiro128plus(seed);
  return Buffer.from(Array.from({ length: size }, () => generator.next() & 0xff));
}
