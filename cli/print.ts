import type { Writable } from 'node:stream';

/** Write all of `text` and wait until it is out. A reader that has left (`bench | head`) is no error. */
export function print(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write(text, () => resolve());
  });
}

/** How text may look on stdout: colour on a terminal unless `--no-color` or NO_COLOR (no-color.org) says otherwise. */
export function appearance({ color }: { color?: boolean }): { columns: number; color: boolean } {
  const { isTTY, columns = 80 } = process.stdout;
  return { columns, color: isTTY === true && color !== false && !process.env.NO_COLOR };
}
