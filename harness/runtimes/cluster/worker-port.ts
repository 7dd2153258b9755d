import type { ChildProcess } from 'node:child_process';
import HandOver from './hand-over.cjs';
import messages from './messages.cjs';
import { PipeHandOver } from './pipe-hand-over.js';
import type { Candidate } from './scheduler.js';
import type { Way } from './with-pipe.js';

type ToPrimary = messages.ToPrimary;
type ToWorker = messages.ToWorker;

/** A listening handle, as libuv's binding has it. */
export interface NativeHandle {
  onconnection: (status: number, handle: NativeConnection) => void;
  getsockname?(out: object): number;
  close(done?: () => void): void;
}

/** A connection that was accepted and has no socket around it. */
export interface NativeConnection {
  getpeername?(out: { address?: string }): number;
  close(done?: () => void): void;
}

export type ConnectionMessage = ToWorker & { act: 'connection'; cmd: string };

/** A connection that was given to a worker. */
export interface Given {
  message: ConnectionMessage;
  handle: NativeConnection;
}

/** What becomes of a worker, as those who hand over to it are told. */
export interface WorkerEvents {
  query(worker: WorkerPort, query: Extract<ToPrimary, { act: 'query' }>): void;
  listening(worker: WorkerPort, key: string): void;
  closed(worker: WorkerPort, key: string): void;
  /** It has given this connection back. */
  refused(key: string, connection: NativeConnection): void;
  /** It has room again for whatever comes. */
  free(worker: WorkerPort, key: string): void;
  /** It has as many as it allows, until there is `room` for one more. */
  full(worker: WorkerPort, key: string): void;
  room(worker: WorkerPort, key: string): void;
  /** This connection has not arrived. */
  lost(message: ConnectionMessage, connection: NativeConnection): void;
  ended(worker: WorkerPort, connections: number): void;
  /** It can be given nothing more. */
  unreachable(): void;
}

/** A worker process as the primary sees it. */
export class WorkerPort implements Candidate {
  readonly slot: number;
  readonly weight: number;
  active = 0;
  utilization = 0;
  readonly process: ChildProcess;
  /** In the worker, where there is a pipe to it. */
  readonly pipeFd: number | undefined;
  readonly #handOver: HandOver<ConnectionMessage> | PipeHandOver;

  /** @param way the pipe by which connections go to it; without one they go through Node's channel */
  constructor(
    child: ChildProcess,
    { slot, weight }: { slot: number; weight: number },
    events: WorkerEvents,
    way?: Way,
  ) {
    this.process = child;
    this.slot = slot;
    this.weight = weight;
    this.pipeFd = way?.fd;
    const lost = ({ message, handle }: Given) => {
      this.active -= 1;
      events.lost(message, handle);
    };
    this.#handOver = way
      ? new PipeHandOver(way, child.pid, { lost, ended: events.unreachable })
      : new HandOver(child, lost);
    child.on('internalMessage', (message: { cmd?: string } & ToPrimary, handle?: NativeConnection) => {
      if (message.cmd === messages.cmd) this.#hear(message, events, handle);
    });
  }

  /** Connections on their way to it. */
  get queued(): number {
    return this.#handOver.length;
  }

  give(message: ConnectionMessage, connection: NativeConnection): void {
    this.active += 1;
    this.#handOver.give({ message, handle: connection });
  }

  /** What was given and has not been sent. */
  takeWaiting(): Given[] {
    const waiting = this.#handOver.takeWaiting() as Given[];
    this.active -= waiting.length;
    return waiting;
  }

  /** What was given and has not arrived; what is on its way over a pipe is lost when that has ended, and not before. */
  takeBack(): Given[] {
    return this.#handOver.takeBack() as Given[];
  }

  /** `gone` when it has been written, or cannot be any more. */
  tell(message: ToWorker, handle?: unknown, gone: () => void = () => {}): void {
    if (this.process.connected)
      this.process.send({ cmd: messages.cmd, ...message }, handle as undefined, {}, gone);
    else gone();
  }

  #hear(message: ToPrimary, events: WorkerEvents, handle?: NativeConnection): void {
    if (message.act === 'query') events.query(this, message);
    else if (message.act === 'listening') events.listening(this, message.key);
    else if (message.act === 'close') events.closed(this, message.key);
    else if (message.act === 'full') events.full(this, message.key);
    else if (message.act === 'free') events.free(this, message.key);
    else if (message.act === 'room') events.room(this, message.key);
    else if (message.act === 'utilization') this.utilization = message.share;
    else if (message.act === 'ended') {
      this.active -= message.connections;
      events.ended(this, message.connections);
    } else if (handle !== undefined) {
      this.active -= 1;
      events.refused(message.key, handle);
    }
  }
}
