import dgram, { type SocketType } from 'node:dgram';
import net from 'node:net';
import { errnoOf } from './errno.js';
import type messages from './messages.cjs';
import type { WorkerPort } from './worker-port.js';

type Address = messages.Address;

interface Native {
  close(): void;
}

/** The primary binds, and every worker has the socket: they race to accept. Datagrams are always shared, as in Node. */
export class SharedHandle {
  readonly #bound: Promise<Native | number>;
  readonly #workers = new Set<WorkerPort>();

  constructor(at: Address) {
    this.#bound = typeof at.addressType === 'string' ? bindDatagrams(at) : Promise.resolve(bind(at));
  }

  async add(worker: WorkerPort, answer: (errno: number, handle?: unknown) => void): Promise<void> {
    this.#workers.add(worker);
    const bound = await this.#bound;
    if (typeof bound === 'number') answer(bound);
    else answer(0, bound);
  }

  /** True when no worker is left: the socket is closed then, unless another is on its way to the slot. */
  remove(worker: WorkerPort, isReplaced = false): boolean {
    this.#workers.delete(worker);
    if (this.#workers.size > 0 || isReplaced) return false;
    void this.#bound.then((bound) => typeof bound === 'number' || bound.close());
    return true;
  }
}

/** Bound, and not listening: that is the workers' to do. Node's own function, which it has not documented. */
function bind({ address, port, addressType, fd, flags }: Address): Native | number {
  type Make = (...at: unknown[]) => Native | number;
  const { _createServerHandle: make } = net as unknown as { _createServerHandle: Make };
  return make(address, port, addressType, fd, flags);
}

async function bindDatagrams({ address, port, addressType }: Address): Promise<Native | number> {
  const socket = dgram.createSocket(addressType as SocketType);
  return new Promise((resolve) => {
    socket.once('error', (error) => resolve(errnoOf(error)));
    // Of Node's state of a socket only the handle is of use to another process.
    socket.bind({ port, ...(address === null ? {} : { address }), exclusive: true }, () => {
      const state = Object.getOwnPropertySymbols(socket).find(
        ({ description }) => description === 'state symbol',
      );
      const { handle } =
        (socket as unknown as Record<symbol, { handle: Native & { recvStop(): void } }>)[state as symbol] ??
        {};
      // What comes is the workers' to read.
      handle?.recvStop();
      resolve(handle ?? errnoOf(new Error('no handle')));
    });
  });
}
