import { fileURLToPath } from 'node:url';

/**
 * A file of the package that is not imported but run, preloaded or read. It is always the one in dist/, of which this
 * module is two folders away: in a chunk of dist/, and unbundled in build/.
 * @param name from dist/, as `harness/drivers/client-process.js`
 */
export function ownFile(name: string): string {
  return fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}
