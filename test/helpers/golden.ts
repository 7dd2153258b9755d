import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';

const folder = fileURLToPath(new URL('../../../test/golden', import.meta.url));

/** Whether the files are written anew in place of being held against what is made. */
const updates = (process.env.UPDATE_GOLDEN ?? '') !== '';

/** Hold `text` against the file of that name in test/golden. */
export function golden(t: ExecutionContext, name: string, text: string): void {
  const file = path.join(folder, name);
  if (updates) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  t.is(text, readFileSync(file, 'utf8'));
}
