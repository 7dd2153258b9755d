import type { Writable } from 'node:stream';

/** Write `text` and wait until it is out. A reader that has left (`bench | head`) is no error. */
export async function print(stream: Writable, text: string | Iterable<string>): Promise<void> {
  const pieces = typeof text === 'string' ? [text] : text;
  let open = true;
  const onError = () => {
    open = false;
  };
  stream.on('error', onError);
  for (const piece of pieces) {
    if (!open) break;
    await new Promise<void>((resolve) => stream.write(piece, () => resolve()));
  }
  stream.off('error', onError);
}

/** How text may look on stdout: colour on a terminal unless `--no-color` or NO_COLOR (no-color.org) says otherwise. */
export function appearance({ color }: { color?: boolean }): { columns: number; color: boolean } {
  const { isTTY, columns = 80 } = process.stdout;
  return { columns, color: isTTY === true && color !== false && !process.env.NO_COLOR };
}
