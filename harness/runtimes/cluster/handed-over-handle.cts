import layout = require('../../probe/layout.cjs');

/** Milliseconds; as long as a timer can be. */
const longest = 2 ** 31 - 1;

/**
 * Stands where a server has its listening handle when the primary does the listening: `onconnection`, which the server
 * sets, is called with what the primary hands over. It keeps the process alive as a listening socket would.
 */
class HandedOverHandle {
  readonly [layout.via] = 'handed-over';
  onconnection: (status: number, handle: unknown) => void = () => {};
  /** Only a server with an address has it: net.Server looks whether it is there. */
  getsockname?: (out: object) => number;
  #timer: NodeJS.Timeout | undefined;
  readonly #closed: () => void;

  constructor(sockname: object | undefined, closed: () => void) {
    this.#closed = closed;
    if (sockname !== undefined)
      this.getsockname = (out) => {
        Object.assign(out, sockname);
        return 0;
      };
    this.ref();
  }

  /** The primary listens already. */
  listen(): number {
    return 0;
  }

  close(done?: () => void): void {
    this.unref();
    this.#closed();
    if (done !== undefined) process.nextTick(done);
  }

  ref(): void {
    this.#timer ??= setInterval(() => {}, longest);
  }

  unref(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  hasRef(): boolean {
    return this.#timer !== undefined;
  }
}

export = HandedOverHandle;
