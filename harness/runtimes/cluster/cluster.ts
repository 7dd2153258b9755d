import { type ChildProcess, fork } from 'node:child_process';
import cluster from 'node:cluster';
import { channel } from 'node:diagnostics_channel';
import layout from '../../probe/layout.cjs';
import type messages from './messages.cjs';
import pipeBinding from './pipe-binding.cjs';
import { type QueueCounts, RoundRobinHandle } from './round-robin-handle.js';
import type { Scheduler, SchedulerKind } from './scheduler.js';
import { SentServer } from './sent-server.js';
import type { ClusterSettings } from './settings.js';
import { SharedHandle } from './shared-handle.js';
import { withPipe } from './with-pipe.js';
import { type NativeConnection, WorkerPort } from './worker-port.js';

/** A worker that dies before it has lived so long is not replaced, or a broken app would fork for ever. */
const youngMs = 1000;
const queueEveryMs = 50;
const passedOverMs = 50;

export interface ClusterOptions extends Pick<ClusterSettings, 'weights'> {
  exec: string;
  args: readonly string[];
  workers: number;
  /** Null: the workers share every socket, */
  scheduler: Scheduler | null;
  /** which the primary then does not keep. */
  sendsServer?: boolean;
  /** What the workers are to tell for it. */
  needs?: NonNullable<SchedulerKind['needs']>;
}

/** Undefined: connections go through Node's channels. */
const binding = pipeBinding();

type Query = Extract<messages.ToPrimary, { act: 'query' }>;
type Handle = RoundRobinHandle | SharedHandle | SentServer;

/**
 * Our own cluster: forks workers, binds what they ask for once per address, port, type, descriptor and index, and hands
 * connections out as the scheduler says. It speaks through the events of `node:cluster`, so that what watches a primary
 * (the probe does) sees its workers come and go.
 */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #handles = new Map<string, { handle: Handle; data: unknown }>();
  /** Those that can be given connections. */
  readonly #workers = new Set<WorkerPort>();
  readonly #queue: QueueCounts = { dropped: 0, longest: 0 };
  #lastId = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#tellQueue();
    setInterval(() => {
      const { dropped, longest } = this.#queue;
      if (dropped > 0 || longest > 0) this.#tellQueue();
    }, queueEveryMs).unref();
    for (let slot = 0; slot < this.#options.workers; slot += 1) this.#fork(slot);
  }

  /** What it has come to since it was told last. */
  #tellQueue(): void {
    channel(layout.eventChannel).publish({ type: 'queue', ...this.#queue });
    Object.assign(this.#queue, { dropped: 0, longest: 0 });
  }

  #fork(slot: number): void {
    const startedAt = performance.now();
    this.#lastId += 1;
    const id = this.#lastId;
    const { exec, args, weights, scheduler, needs = {} } = this.#options;
    // With it Node makes the child a worker: `cluster.isWorker` and `cluster.worker.id` are what the app expects.
    const env = { NODE_UNIQUE_ID: String(id), CLUSTER_BENCH_CLUSTER: JSON.stringify(needs) };
    const forkOne = () => fork(exec, args, { env: { ...process.env, ...env } });
    const { child, way } =
      binding && scheduler !== null ? withPipe(binding, forkOne) : { child: forkOne(), way: undefined };
    const shown = { id, process: child };
    const isReplaced = () => performance.now() - startedAt >= youngMs;
    const worker = new WorkerPort(
      child,
      { slot, weight: weights[slot] ?? 1 },
      {
        query: (from, query) => this.#query(from, query),
        listening: () => cluster.emit('listening', shown, {}),
        closed: (from, key) => {
          this.#close(from, key);
          this.#takeFrom(from, key);
        },
        refused: (key, connection) => this.#again(key, connection),
        full: (from, key) => this.#full(from, key),
        free: (from, key) => this.#roundRobin(key)?.free(from),
        room: (from, key) => this.#roundRobin(key)?.room(from),
        lost: ({ key }, connection) => {
          this.#passOver(worker, key);
          this.#again(key, connection);
        },
        ended: (from, connections) => scheduler?.ended?.(from, connections),
        unreachable: () => this.#left(worker, isReplaced()),
      },
      way,
    );
    answerNode(child);
    // Without its channel it can be given nothing, though it may live on for what it has.
    child.once('disconnect', () => this.#left(worker, isReplaced()));
    child.once('exit', (code, signal) => {
      this.#left(worker, isReplaced());
      cluster.emit('exit', shown, code, signal);
      if (isReplaced()) this.#fork(slot);
    });
    child.on('error', () => {}); // A message that cannot be sent: the exit is what tells.
    this.#workers.add(worker);
    scheduler?.joined?.(worker);
    cluster.emit('fork', shown);
  }

  #query(worker: WorkerPort, { seq, at, data }: Query): void {
    const key = `${at.address}:${at.port}:${at.addressType}:${at.fd}:${at.index}`;
    const { handle, data: shared } = this.#handleFor(key, at, data);
    const answered = { act: 'answer', seq, key, data: shared, pipeFd: worker.pipeFd } as const;
    if (handle instanceof RoundRobinHandle)
      handle.add(worker, (errno, sockname) => {
        if (errno !== 0) this.#close(worker, key);
        worker.tell({ ...answered, errno, ...(sockname === undefined ? {} : { sockname }) });
      });
    else
      void handle.add(worker, (errno, socket, sent) => {
        if (errno !== 0) this.#close(worker, key);
        worker.tell({ ...answered, errno, isSent: handle instanceof SentServer }, socket, sent);
      });
  }

  /** The first to ask brings what all share of a server, such as the keys of TLS session tickets. */
  #handleFor(key: string, at: messages.Address, data: unknown) {
    const known = this.#handles.get(key);
    if (known !== undefined) return known;
    const made = { handle: this.#makeHandle(key, at), data };
    this.#handles.set(key, made);
    return made;
  }

  #makeHandle(key: string, at: messages.Address): Handle {
    const { scheduler, sendsServer, workers } = this.#options;
    // Datagrams cannot be handed over one by one.
    if (typeof at.addressType === 'string') return new SharedHandle(at);
    if (scheduler !== null) return new RoundRobinHandle(key, at, scheduler, this.#queue);
    return sendsServer ? new SentServer(at, workers) : new SharedHandle(at);
  }

  #close(worker: WorkerPort, key: string): void {
    if (this.#handles.get(key)?.handle.remove(worker)) this.#handles.delete(key);
  }

  #full(worker: WorkerPort, key: string): void {
    this.#roundRobin(key)?.full(worker);
    this.#takeFrom(worker, key);
  }

  /** It could not receive one: it may be out of descriptors, and would not be the next time. */
  #passOver(worker: WorkerPort, key: string): void {
    this.#roundRobin(key)?.full(worker);
    setTimeout(() => this.#roundRobin(key)?.free(worker), passedOverMs).unref();
  }

  /** What it was to get besides it will have no place for. */
  #takeFrom(worker: WorkerPort, key: string): void {
    for (const { message, handle } of worker.takeWaiting())
      if (message.key === key) this.#again(key, handle);
      else worker.give(message, handle);
  }

  /** What a worker has not received can still be served by another. */
  #again(key: string, connection: NativeConnection): void {
    const handle = this.#roundRobin(key);
    if (handle === undefined) connection.close();
    else handle.distribute(connection);
  }

  #left(worker: WorkerPort, isReplaced: boolean): void {
    if (!this.#workers.delete(worker)) return;
    this.#options.scheduler?.left?.(worker);
    for (const [key, { handle }] of [...this.#handles])
      if (handle.remove(worker, isReplaced)) this.#handles.delete(key);
    for (const { message, handle } of worker.takeBack()) this.#again(message.key, handle);
  }

  #roundRobin(key: string): RoundRobinHandle | undefined {
    const handle = this.#handles.get(key)?.handle;
    return handle instanceof RoundRobinHandle ? handle : undefined;
  }
}

/** A worker of Node's cluster tells its primary that it means to leave, and waits for an answer. */
function answerNode(child: ChildProcess): void {
  child.on('internalMessage', ({ cmd, act, seq }: { cmd?: string; act?: string; seq?: number }) => {
    if (cmd === 'NODE_CLUSTER' && act === 'exitedAfterDisconnect' && child.connected)
      child.send({ cmd, ack: seq }, () => {});
  });
}
