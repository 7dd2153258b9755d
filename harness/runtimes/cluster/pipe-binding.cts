/**
 * Node's own pipe handle, of the kind over which other handles travel. It is no public API (DEP0111), so it is taken only
 * where it is just what we know; otherwise connections travel through Node's channel (hand-over.cts).
 */
interface PipeHandle {
  onread: (buffer: ArrayBuffer | undefined) => void;
  /** What came with the bytes of this read. */
  pendingHandle: unknown;
  open(fd: number): void;
  readStart(): number;
  /** An error code or 0; `request.oncomplete` is called unless it is an error. */
  writeUtf8String(request: object, text: string, handle?: object): number;
  unref(): void;
  close(): void;
}

interface PipeBinding {
  /** A pipe for handles, between no two processes yet. */
  pipe(): PipeHandle;
  request(completed: (status: number) => void): object;
  /** Bytes that were read, or an error code. */
  lastRead(): number;
}

/** Lines of Node on which the whole suite has been passed with it. */
const triedMajors = [18, 20, 22, 24, 26];
const methods = ['open', 'readStart', 'writeUtf8String', 'unref', 'close'];

type Bindings = Record<string, unknown> & { streamBaseState?: ArrayLike<number> };
type Constructor = new (...args: unknown[]) => object;

/**
 * Undefined where it is not known, the environment says `CLUSTER_BENCH_HAND_OVER=channel`, or the system is not Linux: there
 * a read ends behind the handle that came with it (unix(7)), and the sender may close its copy at once.
 */
function pipeBinding(version = process.versions.node, env = process.env): PipeBinding | undefined {
  if (env.CLUSTER_BENCH_HAND_OVER === 'channel' || process.platform !== 'linux') return undefined;
  if (!triedMajors.includes(Number.parseInt(version, 10))) return undefined;
  try {
    const { binding } = process as unknown as { binding(name: string): Bindings };
    const { Pipe, constants } = binding('pipe_wrap') as { Pipe: Constructor; constants: { IPC: number } };
    const { WriteWrap, streamBaseState, kReadBytesOrError } = binding('stream_wrap');
    const isKnown =
      [Pipe, WriteWrap].every((each) => typeof each === 'function') &&
      methods.every((name) => typeof Pipe.prototype[name] === 'function') &&
      [constants.IPC, kReadBytesOrError].every((each) => typeof each === 'number');
    if (!isKnown || streamBaseState === undefined) return undefined;
    return {
      pipe: () => new Pipe(constants.IPC) as PipeHandle,
      request: (completed) => Object.assign(new (WriteWrap as Constructor)(), { oncomplete: completed }),
      lastRead: () => streamBaseState[kReadBytesOrError as number] as number,
    };
  } catch {
    return undefined;
  }
}

declare namespace pipeBinding {
  export type { PipeBinding, PipeHandle };
}

export = pipeBinding;
