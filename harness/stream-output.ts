import { constants, type Stats } from 'node:fs';
import { access, open, writeFile } from 'node:fs/promises';

/** Whether `output` is nothing that a rename may replace: a FIFO, a device, or a name of one of our own streams. */
export function isStream(output: string, stats: Stats): boolean {
  return !stats.isFile() || ownStream(output) !== undefined || /^\/(dev|proc\/self)\/fd\//.test(output);
}

/** Throws where it can be known that nothing can be written to it; a FIFO may get its reader later. */
export async function assertWritable(output: string, stats: Stats): Promise<void> {
  if (stats.isSocket() && ownStream(output) === undefined) throw new Error('it is a socket');
  await access(output, constants.W_OK);
}

export async function writeStream(output: string, content: string): Promise<void> {
  const own = ownStream(output);
  if (own) return writeOwn(own, content);
  // A FIFO that nobody reads would block its thread, and with it our exit, for ever: asked without blocking, it says so.
  const asked = await open(output, constants.O_WRONLY | constants.O_NONBLOCK).catch((error) => {
    throw error.code === 'ENXIO' ? new Error('nobody reads it', { cause: error }) : error;
  });
  try {
    const handle = await open(output, constants.O_WRONLY);
    await writeFile(handle, content).finally(() => handle.close());
  } finally {
    await asked.close();
  }
}

/** Opened by name, a stdout that is a socket (as Node gives its children) is refused, and a file is cut short. */
function ownStream(output: string): NodeJS.WriteStream | undefined {
  if (/^\/dev\/(stdout|fd\/1)$|^\/proc\/self\/fd\/1$/.test(output)) return process.stdout;
  if (/^\/dev\/(stderr|fd\/2)$|^\/proc\/self\/fd\/2$/.test(output)) return process.stderr;
  return undefined;
}

function writeOwn(stream: NodeJS.WriteStream, content: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(content, (error) => (error ? reject(error) : resolve()));
  });
}
