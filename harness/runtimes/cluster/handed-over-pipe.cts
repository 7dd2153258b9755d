import pipeBinding = require('./pipe-binding.cjs');

interface Closing {
  close(): void;
}
type Taken = (key: string, handle: Closing) => void;

/** The worker's end of the pipe over which its primary hands it connections (pipe-hand-over.ts). */
class HandedOverPipe {
  readonly #binding: pipeBinding.PipeBinding;
  readonly #pipe: pipeBinding.PipeHandle;
  readonly #taken: Taken;
  #arrived: Parameters<Taken>[] = [];
  #answers = '';
  #isOpen = true;

  /** `taken` is called for each connection, when the primary has been told that it arrived. */
  constructor(binding: pipeBinding.PipeBinding, fd: number, taken: Taken) {
    this.#binding = binding;
    this.#taken = taken;
    this.#pipe = binding.pipe();
    this.#pipe.open(fd);
    this.#pipe.onread = (buffer) => {
      const length = binding.lastRead();
      if (buffer === undefined || length < 0) this.close();
      else this.#read(Buffer.from(buffer, 0, length).toString());
    };
    this.#pipe.readStart();
    this.#pipe.unref();
  }

  /** What has come and was not answered is still the primary's, which gives it to another. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#answers = '';
    for (const [, handle] of this.#arrived.splice(0)) handle.close();
    this.#pipe.close();
  }

  /** All that come at one turn of the loop are answered together. */
  #read(key: string): void {
    if (this.#answers === '') setImmediate(() => this.#flush());
    const { pendingHandle: handle } = this.#pipe;
    this.#pipe.pendingHandle = null;
    // None where this process is out of descriptors.
    this.#answers += handle ? '1' : '0';
    if (handle) this.#arrived.push([key, handle as Closing]);
  }

  #flush(): void {
    const [answers, arrived] = [this.#answers, this.#arrived];
    if (answers === '') return;
    this.#answers = '';
    this.#arrived = [];
    const request = this.#binding.request(() => {});
    this.#pipe.writeUtf8String(request, answers);
    for (const each of arrived) this.#taken(...each);
  }
}

export = HandedOverPipe;
