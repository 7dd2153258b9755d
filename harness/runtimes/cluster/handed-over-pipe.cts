import pipeBinding = require('./pipe-binding.cjs');

/** The worker's end of the pipe over which its primary hands it connections (pipe-hand-over.ts). */
class HandedOverPipe {
  readonly #binding: pipeBinding.PipeBinding;
  readonly #pipe: pipeBinding.PipeHandle;
  readonly #taken: (key: string, handle: unknown) => void;
  #arrived: { key: string; handle: unknown }[] = [];
  #answers = '';
  #isOpen = true;

  /** `taken` is called for each connection, when the primary has been told that it arrived. */
  constructor(binding: pipeBinding.PipeBinding, fd: number, taken: (key: string, handle: unknown) => void) {
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

  /** Take what has arrived, and nothing more. */
  close(): void {
    if (!this.#isOpen) return;
    this.#flush();
    this.#isOpen = false;
    this.#pipe.close();
  }

  /** All that come at one turn of the loop are answered together. */
  #read(key: string): void {
    if (this.#answers === '') setImmediate(() => this.#flush());
    const { pendingHandle: handle } = this.#pipe;
    this.#pipe.pendingHandle = null;
    // None where this process is out of descriptors.
    this.#answers += handle ? '1' : '0';
    if (handle) this.#arrived.push({ key, handle });
  }

  #flush(): void {
    const [answers, arrived] = [this.#answers, this.#arrived];
    if (answers === '') return;
    this.#answers = '';
    this.#arrived = [];
    if (this.#isOpen)
      this.#pipe.writeUtf8String(
        this.#binding.request(() => {}),
        answers,
      );
    for (const { key, handle } of arrived) this.#taken(key, handle);
  }
}

export = HandedOverPipe;
