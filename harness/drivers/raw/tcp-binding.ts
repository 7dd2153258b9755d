import { usageError } from '../../errors.js';

/** What of Node's own TCP handle is used here, as its benchmark/net/tcp-raw-c2s.js uses it. Error codes are negative. */
export interface TcpBinding {
  TCP: new (kind: number) => TcpHandle;
  socketKind: number;
  TCPConnectWrap: new () => CompletedRequest;
  WriteWrap: new () => CompletedRequest;
  ShutdownWrap: new () => CompletedRequest;
  /** Bytes that were read, or an error code. */
  lastRead(): number;
  /** Whether the last write is still under way. */
  lastWriteIsAsync(): boolean;
}

/** A request of which the handle tells when it is done. */
export interface CompletedRequest {
  oncomplete(status: number): void;
  /** What is being written, so that it is not collected. */
  bytes?: Uint8Array;
}

export interface TcpHandle {
  onread: () => void;
  bind(address: string, port: number): number;
  bind6(address: string, port: number, flags: number): number;
  connect(request: CompletedRequest, host: string, port: number): number;
  connect6(request: CompletedRequest, host: string, port: number): number;
  setNoDelay(on: boolean): number;
  useUserBuffer(buffer: Uint8Array): void;
  readStart(): number;
  /** An error code, 0, or where Node makes requests itself the request. */
  writeBuffer(request: CompletedRequest, bytes: Uint8Array): unknown;
  shutdown(request: CompletedRequest): number;
  close(done: () => void): void;
}

/**
 * Refuse what the environment says and would not be heeded.
 * @throws BenchError exit code 2
 */
export function assertSocketsKnown({ CLUSTER_BENCH_SOCKETS: sockets = '' } = process.env): void {
  if (['', 'net', 'handle'].includes(sockets)) return;
  throw usageError(
    'sockets',
    `CLUSTER_BENCH_SOCKETS=${sockets}: expected net, or handle where Node has it as it is known`,
  );
}

/** Lines of Node on which the whole suite has been passed with it. */
const triedMajors = [20, 22, 24, 26];
const methods = [
  ...['bind', 'bind6', 'connect', 'connect6', 'setNoDelay'],
  ...['useUserBuffer', 'readStart', 'writeBuffer', 'shutdown', 'close'],
];

type Bindings = Record<string, unknown> & { streamBaseState?: ArrayLike<number> };

/**
 * Node's TCP handle without the `net.Socket` around it. It is no public API (DEP0111), so it is taken only where it is just
 * what we know; otherwise, or when the environment says `CLUSTER_BENCH_SOCKETS=net`, undefined.
 */
export function tcpBinding(version = process.versions.node, env = process.env): TcpBinding | undefined {
  if (env.CLUSTER_BENCH_SOCKETS === 'net') return undefined;
  if (!triedMajors.includes(Number.parseInt(version, 10))) return undefined;
  try {
    const { binding } = process as unknown as { binding(name: string): Bindings };
    const { TCP, TCPConnectWrap, constants } = binding('tcp_wrap');
    const { WriteWrap, ShutdownWrap, streamBaseState, kReadBytesOrError, kLastWriteWasAsync } =
      binding('stream_wrap');
    const isKnown =
      [TCP, TCPConnectWrap, WriteWrap, ShutdownWrap].every((each) => typeof each === 'function') &&
      methods.every((name) => typeof (TCP as typeof Function).prototype[name as 'call'] === 'function') &&
      [kReadBytesOrError, kLastWriteWasAsync].every((each) => typeof each === 'number');
    if (!isKnown || streamBaseState === undefined) return undefined;
    return {
      ...({ TCP, TCPConnectWrap, WriteWrap, ShutdownWrap } as Pick<
        TcpBinding,
        'TCP' | 'TCPConnectWrap' | 'WriteWrap' | 'ShutdownWrap'
      >),
      socketKind: (constants as { SOCKET: number }).SOCKET,
      lastRead: () => streamBaseState[kReadBytesOrError as number] as number,
      lastWriteIsAsync: () => streamBaseState[kLastWriteWasAsync as number] === 1,
    };
  } catch {
    return undefined;
  }
}
