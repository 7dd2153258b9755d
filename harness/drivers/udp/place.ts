import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { backOffMs, type Job } from '../driver.js';
import { randomBytes } from '../random-bytes.js';
import type { Pumped, Work } from '../raw/work.js';
import type { Recorder } from '../recorder.js';

/** A datagram that has not been answered by then is lost: on one machine an answer takes less than a millisecond. */
export const lostAfterMs = 1000;

/** What all places of one spell share. */
export interface DatagramSpread {
  job: Job;
  recorder: Recorder;
  work: Work;
  /** A place has its socket, or cannot have one. */
  opened(): void;
  finished(place: DatagramPlace): void;
}

/** A socket with a port of its own, and one datagram at a time under way. */
export class DatagramPlace implements Pumped {
  readonly index: number;
  readonly #spread: DatagramSpread;
  readonly #socket: Socket;
  readonly #message: Buffer;
  /** Its first bytes number it, so that an answer that comes late is not taken for that to another. */
  readonly #numberBytes: number;
  #number = 0;
  #intendedMs = 0;
  #sentMs = 0;
  #isWaiting = false;
  #state: 'opening' | 'open' | 'unusable' = 'opening';

  constructor(spread: DatagramSpread, index: number) {
    const { target, exchange, seed, localAddresses, firstPlace } = spread.job;
    const place = firstPlace + index;
    if (!('port' in target) || exchange.kind !== 'datagram') throw new TypeError('no job for UDP');
    this.#spread = spread;
    this.index = index;
    this.#message = randomBytes(exchange.sizeBytes, seed + place);
    this.#numberBytes = Math.min(4, exchange.sizeBytes);
    this.#socket = createSocket(isIPv6(target.host) ? 'udp6' : 'udp4');
    this.#socket.on('message', this.#onMessage).on('error', this.#onError);
    this.#socket.bind({ address: localAddresses[place % localAddresses.length], exclusive: true }, () =>
      // Connected, it hears of a port where nobody listens.
      this.#socket.connect(target.port, target.host, (error?: NodeJS.ErrnoException) => {
        if (error != null) {
          this.#onError(error);
          return;
        }
        this.#state = 'open';
        spread.opened();
        this.pump();
      }),
    );
  }

  pump(): void {
    const { work, recorder } = this.#spread;
    if (this.#isWaiting) return;
    const nowMs = recorder.now();
    const intendedMs = work.take(nowMs, this.index);
    if (intendedMs !== undefined) this.#send(intendedMs, nowMs);
    else if (work.over) this.#close();
    else work.idle(this);
  }

  /** Give up the datagram that was sent before then. */
  expire(oldestMs: number): void {
    if (this.#isWaiting && this.#sentMs < oldestMs) this.#fail('LOST');
  }

  #send(intendedMs: number, nowMs: number): void {
    this.#intendedMs = intendedMs;
    this.#sentMs = nowMs;
    this.#isWaiting = true;
    this.#number = (this.#number + 1) % 2 ** (8 * this.#numberBytes);
    this.#message.writeUIntBE(this.#number, 0, this.#numberBytes);
    this.#spread.recorder.counts.requestsSent += 1;
    this.#socket.send(this.#message, (error) => {
      if (error !== null) this.#fail((error as NodeJS.ErrnoException).code ?? 'ERROR');
    });
  }

  readonly #onMessage = (answer: Buffer) => {
    const { recorder } = this.#spread;
    const number = answer.length < this.#numberBytes ? -1 : answer.readUIntBE(0, this.#numberBytes);
    if (!this.#isWaiting || (number !== this.#number && answer.length === this.#message.length)) {
      // To one that was given up, or for the second time.
      recorder.error('LATE_ANSWER');
      return;
    }
    if (!answer.equals(this.#message)) {
      this.#fail('WRONG_ANSWER');
      return;
    }
    this.#isWaiting = false;
    recorder.answered(this.#intendedMs, this.#sentMs, null, recorder.now());
    this.pump();
  };

  /** ECONNREFUSED: the kernel has heard that nobody listens there. */
  readonly #onError = (error: NodeJS.ErrnoException) => {
    const code = error.code ?? 'ERROR';
    if (this.#state === 'open') this.#fail(code);
    else if (this.#state === 'opening') this.#giveUp(code);
  };

  /** A socket that cannot be had, such as one from an address that is not this machine's. */
  #giveUp(code: string): void {
    this.#state = 'unusable';
    this.#spread.recorder.error(code);
    this.#spread.opened();
    this.#waitForTheEnd();
  }

  #waitForTheEnd(): void {
    if (this.#spread.work.over) this.#close();
    else setTimeout(() => this.#waitForTheEnd(), backOffMs);
  }

  #close(): void {
    this.#socket.close(() => this.#spread.finished(this));
  }

  #fail(code: string): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    this.#spread.recorder.failed(code);
    if (code === 'LOST') this.pump();
    else setTimeout(() => this.pump(), backOffMs);
  }
}
