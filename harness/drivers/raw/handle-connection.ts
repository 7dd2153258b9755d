import { isIPv6 } from 'node:net';
import { getSystemErrorName } from 'node:util';
import type { Job } from '../driver.js';
import type { Connection, ConnectionEvents, Open } from './connection.js';
import type { CompletedRequest, TcpBinding, TcpHandle } from './tcp-binding.js';

/** libuv's code for the end of what the other side has to say. */
const endOfFile = -4095;

/** Connections on bare TCP handles: what `net.Socket` does, without the streams around it. */
export function handleConnections(
  { localAddresses }: Pick<Job, 'localAddresses'>,
  { host, port }: { host: string; port: number },
  binding: TcpBinding,
): Open {
  const remote = { host, port, isV6: isIPv6(host) };
  return (events, buffer, index) => {
    const connection = new HandleConnection(events, buffer, binding);
    connection.connect(remote, localAddresses[index % localAddresses.length]);
    return connection;
  };
}

class HandleConnection implements Connection {
  readonly #events: ConnectionEvents;
  readonly #binding: TcpBinding;
  readonly #handle: TcpHandle;
  #isClosing = false;
  /** The other side has said all that it will say. */
  #isOver = false;
  #corked: Uint8Array[] | undefined;
  #pendingWrites = 0;
  /** One that was not needed after all, since what was to be written went out at once. */
  #writeRequest: CompletedRequest | undefined;

  constructor(events: ConnectionEvents, buffer: Buffer, binding: TcpBinding) {
    this.#events = events;
    this.#binding = binding;
    this.#handle = new binding.TCP(binding.socketKind);
    this.#handle.useUserBuffer(buffer);
    this.#handle.onread = () => this.#onRead();
  }

  connect(
    { host, port, isV6 }: { host: string; port: number; isV6: boolean },
    localAddress: string | undefined,
  ): void {
    const handle = this.#handle;
    const bound = localAddress === undefined ? 0 : this.#bind(localAddress);
    if (bound !== 0) {
      this.#break(bound);
      return;
    }
    const request = new this.#binding.TCPConnectWrap();
    request.oncomplete = (status) => this.#onConnect(status);
    const status = isV6 ? handle.connect6(request, host, port) : handle.connect(request, host, port);
    // Waited for together with the connection, it is one system call less.
    const failed = status === 0 ? handle.readStart() : status;
    if (failed !== 0) this.#break(failed);
  }

  write(bytes: Uint8Array | string): void {
    const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    if (this.#corked !== undefined) this.#corked.push(buffer);
    else this.#write(buffer);
  }

  cork(): void {
    this.#corked ??= [];
  }

  uncork(): void {
    const corked = this.#corked ?? [];
    this.#corked = undefined;
    if (corked.length > 0) this.#write(Buffer.concat(corked));
  }

  end(): void {
    if (this.#isClosing) return;
    const request = new this.#binding.ShutdownWrap();
    request.oncomplete = () => {};
    const status = this.#handle.shutdown(request);
    if (status < 0) this.#break(status);
  }

  destroy(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#handle.close(() => this.#events.closed());
  }

  #bind(address: string): number {
    return isIPv6(address) ? this.#handle.bind6(address, 0, 0) : this.#handle.bind(address, 0);
  }

  #onConnect(status: number): void {
    if (this.#isClosing) return;
    if (status < 0) {
      this.#break(status);
      return;
    }
    this.#handle.setNoDelay(true);
    this.#events.connected();
    this.#events.ready();
  }

  #onRead(): void {
    const bytes = this.#binding.lastRead();
    if (this.#isClosing || bytes === 0) return;
    if (bytes > 0) this.#events.received(bytes);
    else if (bytes !== endOfFile) this.#break(bytes);
    else {
      this.#isOver = true;
      if (this.#pendingWrites === 0) this.destroy();
    }
  }

  #write(bytes: Uint8Array): void {
    if (this.#isClosing) return;
    const request = this.#writeRequest ?? new this.#binding.WriteWrap();
    request.oncomplete = (status) => this.#onWritten(status);
    const status = this.#handle.writeBuffer(request, bytes);
    if (typeof status === 'number' && status < 0) this.#break(status);
    else if (this.#binding.lastWriteIsAsync()) {
      this.#writeRequest = undefined;
      this.#pendingWrites += 1;
      request.bytes = bytes;
    } else this.#writeRequest = request;
  }

  #onWritten(status: number): void {
    this.#pendingWrites -= 1;
    if (status < 0 && !this.#isClosing) this.#break(status);
    else if (this.#isOver && this.#pendingWrites === 0) this.destroy();
  }

  #break(status: number): void {
    if (this.#isClosing) return;
    this.#events.broken(getSystemErrorName(status));
    this.destroy();
  }
}
