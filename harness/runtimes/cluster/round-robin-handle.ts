import { createServer, type Server } from 'node:net';
import { errnoOf } from './errno.js';
import { listen } from './listen.js';
import messages from './messages.cjs';
import type { Incoming, Scheduler } from './scheduler.js';
import { longestQueue } from './settings.js';
import type { ConnectionMessage, NativeConnection, NativeHandle, WorkerPort } from './worker-port.js';

type Address = messages.Address;
type Answer = (errno: number, sockname?: object) => void;

/** Connections that waited, of every handle of a primary. */
export interface QueueCounts {
  /** Closed because too many waited. */
  dropped: number;
  /** The most that waited at once for one worker, or for any. */
  longest: number;
}

const lookEveryMs = 50;

/** Named as in Node, though which worker is next is the scheduler's to say: the primary listens, and hands connections over. */
export class RoundRobinHandle {
  readonly #message: ConnectionMessage;
  readonly #scheduler: Scheduler;
  readonly #queue: QueueCounts;
  readonly #server: Server;
  #handle: NativeHandle | undefined;
  #errno = 0;
  #unanswered: Answer[] = [];
  /** By slot. */
  readonly #workers = new Set<WorkerPort>();
  /** Of workers that were full once: for how many connections there is room. */
  readonly #room = new Map<WorkerPort, number>();
  #open: WorkerPort[] = [];
  #waiting: NativeConnection[] = [];
  #later: NodeJS.Timeout | undefined;

  constructor(key: string, at: Address, scheduler: Scheduler, queue: QueueCounts) {
    this.#message = { cmd: messages.cmd, act: 'connection', key };
    this.#scheduler = scheduler;
    this.#queue = queue;
    this.#server = createServer();
    // Behind `listening` it is one accept that failed.
    this.#server.on('error', (error) => {
      if (this.#handle === undefined) this.#answer(errnoOf(error));
    });
    this.#server.once('listening', () => {
      this.#handle = (this.#server as unknown as { _handle: NativeHandle })._handle;
      this.#handle.onconnection = (status, connection) => {
        if (status === 0) this.distribute(connection);
      };
      this.#answer(0);
    });
    listen(this.#server, at);
  }

  /** `answer` when it is known whether there is a socket; what is accepted from then on may be this worker's. */
  add(worker: WorkerPort, answer: Answer): void {
    this.#workers.add(worker);
    this.#reopen();
    if (this.#handle === undefined && this.#errno === 0) this.#unanswered.push(answer);
    else answer(this.#errno, this.#sockname());
  }

  /**
   * True when no worker is left: the socket is closed then, unless another is on its way to the slot (`isReplaced`), for
   * whom connections wait.
   */
  remove(worker: WorkerPort, isReplaced = false): boolean {
    this.#room.delete(worker);
    if (this.#workers.delete(worker)) this.#reopen();
    if (this.#workers.size > 0 || isReplaced) return false;
    this.#server.close();
    for (const connection of this.#waiting.splice(0)) connection.close();
    return true;
  }

  full(worker: WorkerPort): void {
    if (!this.#workers.has(worker)) return;
    this.#room.set(worker, 0);
    this.#reopen();
  }

  /** It has room for whatever comes. */
  free(worker: WorkerPort): void {
    if (this.#room.delete(worker)) this.#reopen();
  }

  /** One of its connections has ended. */
  room(worker: WorkerPort): void {
    const room = this.#room.get(worker);
    if (room === undefined) return;
    this.#room.set(worker, room + 1);
    if (room === 0) this.#reopen();
  }

  distribute(connection: NativeConnection): void {
    const able = this.#open.some(isBehind) ? this.#open.filter((worker) => !isBehind(worker)) : this.#open;
    if (able.length === 0) this.#wait(connection);
    else {
      const worker = this.#scheduler.pick(able, new Peer(connection)) as WorkerPort;
      worker.give(this.#message, connection);
      this.#useRoom(worker);
      this.#scheduler.given?.(worker);
      // One is on its way, and does not wait.
      this.#queue.longest = Math.max(this.#queue.longest, worker.queued - 1);
    }
  }

  #useRoom(worker: WorkerPort): void {
    const room = this.#room.get(worker);
    if (room === undefined) return;
    this.#room.set(worker, room - 1);
    if (room === 1) this.#reopen();
  }

  #wait(connection: NativeConnection): void {
    if (this.#waiting.length >= longestQueue) {
      this.#queue.dropped += 1;
      connection.close();
      return;
    }
    this.#waiting.push(connection);
    if (this.#open.length > 0) this.#lookLater();
    this.#queue.longest = Math.max(this.#queue.longest, this.#waiting.length);
  }

  #lookLater(): void {
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      this.#reopen();
    }, lookEveryMs).unref();
  }

  /** Look again who is there, and let go what waited for it. */
  #reopen(): void {
    this.#open = [...this.#workers]
      .filter((worker) => this.#room.get(worker) !== 0)
      .sort((one, other) => one.slot - other.slot);
    while (this.#waiting.length > 0 && this.#open.some((worker) => !isBehind(worker)))
      this.distribute(this.#waiting.shift() as NativeConnection);
    // Nobody says when a worker that is behind has caught up.
    if (this.#waiting.length > 0 && this.#open.length > 0) this.#lookLater();
  }

  #answer(errno: number): void {
    this.#errno = errno;
    const sockname = this.#sockname();
    for (const answer of this.#unanswered.splice(0)) answer(errno, sockname);
  }

  #sockname(): object | undefined {
    const out = {};
    return this.#handle?.getsockname?.(out) === 0 ? out : undefined;
  }
}

function isBehind({ queued }: WorkerPort): boolean {
  return queued >= longestQueue;
}

class Peer implements Incoming {
  readonly #connection: NativeConnection;

  constructor(connection: NativeConnection) {
    this.#connection = connection;
  }

  get remoteAddress(): string | undefined {
    const out: { address?: string } = {};
    return this.#connection.getpeername?.(out) === 0 ? out.address : undefined;
  }
}
