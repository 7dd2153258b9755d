import { fileURLToPath } from 'node:url';

/** The path of a file of test/fixtures: not compiled, so not beside the compiled tests. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../test/fixtures/${name}`, import.meta.url));
}
