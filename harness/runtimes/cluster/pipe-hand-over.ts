import { channel } from 'node:diagnostics_channel';
import layout from '../../probe/layout.cjs';
import type { Way } from './with-pipe.js';
import type { Given } from './worker-port.js';

/** One that the worker takes, and the next one there already. More would only be harder to take back. */
const mostInFlight = 2;

interface InFlight extends Given {
  sentAtMs: number;
}

export interface PipeEvents {
  /** This has not arrived: the worker is out of descriptors, or has gone. */
  lost(given: Given): void;
  /** Nothing more can be given, and what was on its way is lost. */
  ended(): void;
}

/** The probe, or `bench inspect`, may look on. */
const watched = channel(layout.handOverChannel);

/**
 * Hands connections to a worker over a pipe of their own: the key of a server with each, and for each a `1` back when it has
 * arrived (handed-over-pipe.cts), before the worker touches it. Until then the handle is kept.
 */
export class PipeHandOver {
  readonly #way: Way;
  readonly #pid: number | undefined;
  readonly #events: PipeEvents;
  #isOpen = true;
  #waiting: Given[] = [];
  #inFlight: InFlight[] = [];

  constructor(way: Way, pid: number | undefined, events: PipeEvents) {
    this.#way = way;
    this.#pid = pid;
    this.#events = events;
    const { binding, pipe } = way;
    pipe.onread = (buffer) => {
      const length = binding.lastRead();
      if (buffer === undefined || length < 0) this.#end();
      else for (const byte of new Uint8Array(buffer, 0, length)) this.#answered(byte === 0x31);
    };
    pipe.readStart();
  }

  /** How many have not arrived. */
  get length(): number {
    return this.#waiting.length + this.#inFlight.length;
  }

  give(given: Given): void {
    if (this.#isOpen && this.#inFlight.length < mostInFlight) this.#send(given);
    else this.#waiting.push(given);
  }

  /** Take back what has not been sent. What was, and has not arrived, is lost when the pipe ends. */
  takeWaiting(): Given[] {
    return this.#waiting.splice(0);
  }

  takeBack(): Given[] {
    return this.takeWaiting();
  }

  #send({ message, handle }: Given): void {
    const item = { message, handle, sentAtMs: watched.hasSubscribers ? performance.now() : 0 };
    this.#inFlight.push(item);
    if (watched.hasSubscribers) watched.publish({ worker: this.#pid, what: 'connection' });
    const failed = (status: number) => {
      if (status < 0) this.#failed(item);
    };
    const { binding, pipe } = this.#way;
    const status = pipe.writeUtf8String(binding.request(failed), message.key, handle);
    if (status < 0) setImmediate(failed, status);
  }

  #failed(item: InFlight): void {
    const index = this.#inFlight.indexOf(item);
    if (index === -1) return;
    this.#inFlight.splice(index, 1);
    this.#sendNext();
    this.#events.lost(item);
  }

  /** Answers come in the order of what was sent. */
  #answered(well: boolean): void {
    const item = this.#inFlight.shift();
    if (item === undefined) return;
    if (watched.hasSubscribers) {
      const tookMs = performance.now() - item.sentAtMs;
      watched.publish({ worker: this.#pid, what: 'arrived', well, tookMs });
    }
    this.#sendNext();
    if (well) item.handle.close();
    else this.#events.lost(item);
  }

  #sendNext(): void {
    const next = this.#isOpen ? this.#waiting.shift() : undefined;
    if (next !== undefined) this.#send(next);
  }

  #end(): void {
    this.#isOpen = false;
    this.#way.pipe.close();
    this.#events.ended();
    for (const item of this.#inFlight.splice(0)) this.#events.lost(item);
  }
}
