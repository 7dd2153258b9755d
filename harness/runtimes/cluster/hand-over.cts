/**
 * Hands handles through a channel between two processes, one in flight at a time as Node has it. The copy of this
 * process is closed when Node says that the other has received it (`NODE_HANDLE_ACK`): no answer of ours is needed.
 */
import type childProcess = require('node:child_process');

interface Item<Message> {
  message: Message;
  handle: { close(done?: () => void): void };
}

/** A child process, or this one where it is a child. */
type Channel = Pick<childProcess.ChildProcess, 'channel' | 'disconnect' | 'emit' | 'on' | 'once' | 'send'>;

class HandOver<Message extends object> {
  readonly #channel: Channel;
  readonly #lost: (item: Item<Message>) => void;
  #waiting: Item<Message>[] = [];
  #head = 0;
  #inFlight: Item<Message> | undefined;

  /** @param lost is given what did not arrive although the other side lives: it may be out of descriptors */
  constructor(channel: Channel, lost: (item: Item<Message>) => void) {
    this.#channel = channel;
    this.#lost = lost;
    alwaysTellTheEnd(channel);
    // Node's own listener was there before, and has made the way free.
    channel.on('internalMessage' as 'message', (message) => {
      const { cmd } = message as { cmd?: string };
      if (cmd === 'NODE_HANDLE_ACK') this.#arrived(true);
      else if (cmd === 'NODE_HANDLE_NACK') this.#arrived(false);
    });
  }

  /** How many have not arrived. */
  get length(): number {
    return this.#waiting.length - this.#head + (this.#inFlight === undefined ? 0 : 1);
  }

  give(item: Item<Message>): void {
    if (this.#inFlight === undefined) this.#send(item);
    else this.#waiting.push(item);
  }

  /** Take back what has not been sent. */
  takeWaiting(): Item<Message>[] {
    const waiting = this.#waiting.slice(this.#head);
    this.#waiting = [];
    this.#head = 0;
    return waiting;
  }

  /** Take back what has not arrived; what arrives now after all is the other's, and there are two of it. */
  takeBack(): Item<Message>[] {
    const inFlight = this.#inFlight === undefined ? [] : [this.#inFlight];
    this.#inFlight = undefined;
    return [...inFlight, ...this.takeWaiting()];
  }

  #send(item: Item<Message>): void {
    this.#inFlight = item;
    // An error means that the channel is closed: whoever owns it is told so, and takes back.
    this.#channel.send?.(item.message, item.handle as never, {}, () => {});
  }

  #arrived(well: boolean): void {
    const item = this.#inFlight;
    if (item === undefined) return;
    this.#inFlight = undefined;
    const next = this.#waiting[this.#head];
    if (next !== undefined) {
      this.#head += 1;
      if (this.#head === this.#waiting.length) {
        this.#waiting = [];
        this.#head = 0;
      }
      this.#send(next);
    }
    if (well) item.handle.close();
    else this.#lost(item);
  }
}

/**
 * Where the other side closes the channel while a handle is on its way to it, Node waits for the word that it arrived, and
 * never emits `disconnect` (18–26: `_handleQueue` in lib/internal/child_process.js).
 */
function alwaysTellTheEnd(channel: Channel): void {
  const { disconnect } = channel;
  let isTold = false;
  channel.once('disconnect', () => {
    isTold = true;
  });
  channel.disconnect = () => {
    Reflect.apply(disconnect, channel, []);
    setImmediate(() => {
      if (!isTold && channel.channel == null) channel.emit('disconnect');
    });
  };
}

export = HandOver;
