import { randomUUID } from 'node:crypto';
import fsPromises from 'node:fs/promises';
import type { Files } from './output.js';

/** A reader sees the old file or the new one, never a part; so does one after a power cut. */
export async function replaceFile(
  target: string,
  content: string | Iterable<string>,
  mode: number,
  files: Files = fsPromises,
): Promise<void> {
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const handle = await files.open(temporary, 'w', mode);
    try {
      await fsPromises.writeFile(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, target);
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}
