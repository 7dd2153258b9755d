import { constants } from 'node:fs';
import { access, open, writeFile } from 'node:fs/promises';

/** A FIFO is not opened yet: it may get its reader later, and would lose it by being closed again. */
export async function assertStreamWritable(output: string): Promise<void> {
  await access(output, constants.W_OK);
}

/** Write to what no rename may replace: a FIFO, a device, or one of our own streams by its name. */
export async function writeStream(output: string, content: string | Iterable<string>): Promise<void> {
  const pieces = typeof content === 'string' ? [content] : content;
  const own = ownStream(output);
  if (own !== undefined) return writeOwn(own, pieces);
  // A FIFO that nobody reads would block its thread, and with it our exit, for ever: asked without blocking, it says so.
  const asked = await open(output, constants.O_WRONLY | constants.O_NONBLOCK).catch((error) => {
    throw error.code === 'ENXIO' ? new Error('nobody reads from it', { cause: error }) : error;
  });
  try {
    const handle = await open(output, constants.O_WRONLY);
    await writeFile(handle, pieces).finally(() => handle.close());
  } finally {
    await asked.close();
  }
}

/** Opened by name, a stdout that is a socket (as Node gives its children) is refused, and a file is overwritten. */
function ownStream(output: string): NodeJS.WriteStream | undefined {
  const [, name] = /^\/(?:dev|proc\/self)\/(stdout|stderr|fd\/[12])$/.exec(output) ?? [];
  if (name === 'stdout' || name === 'fd/1') return process.stdout;
  return name === undefined ? undefined : process.stderr;
}

async function writeOwn(stream: NodeJS.WriteStream, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    await new Promise<void>((resolve, reject) => {
      stream.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  }
}
