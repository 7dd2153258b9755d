import { createServer } from 'node:net';
import { errnoOf } from './errno.js';
import { listen } from './listen.js';
import type messages from './messages.cjs';
import type { WorkerPort } from './worker-port.js';

/**
 * The parent listens and sends its socket to every child, as `child.send('server', server)` does, and closes its own copy
 * behind the last: it would go on accepting, and never answer. So a child that comes later finds the address taken. (The
 * bare handle is sent: of a `net.Server` Node makes another one in the child, which would accept before the app's does.)
 */
export class SentServer {
  readonly #server = createServer();
  readonly #listening: Promise<number>;
  readonly #workers = new Set<WorkerPort>();
  /** Children that it is still to be sent to. */
  #awaited: number;

  constructor(at: messages.Address, children: number) {
    this.#awaited = children;
    this.#listening = new Promise((resolve) => {
      this.#server.once('error', (error) => resolve(errnoOf(error)));
      this.#server.once('listening', () => resolve(0));
    });
    listen(this.#server, at);
  }

  /** `answer` sends, and tells when that has been done. */
  async add(
    worker: WorkerPort,
    answer: (errno: number, handle?: unknown, sent?: () => void) => void,
  ): Promise<void> {
    this.#workers.add(worker);
    const errno = await this.#listening;
    if (errno !== 0 || !this.#server.listening) answer(errno || addressInUse);
    else answer(0, (this.#server as unknown as { _handle: unknown })._handle, () => this.#sent());
  }

  /** What was written to a channel has the socket, though nobody has read it yet. */
  #sent(): void {
    this.#awaited -= 1;
    if (this.#awaited === 0) this.#server.close();
  }

  /** True when no worker is left. */
  remove(worker: WorkerPort): boolean {
    this.#workers.delete(worker);
    if (this.#workers.size > 0) return false;
    if (this.#server.listening) this.#server.close();
    return true;
  }
}

const addressInUse = errnoOf(Object.assign(new Error(), { code: 'EADDRINUSE' }));
