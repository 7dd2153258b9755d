import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

/** A package of which a policy runs something. */
export interface FoundPackage {
  version: string;
  folder: string;
}

/** The app's own, then that of the working folder, then ours where it is there. */
export function findPackage(name: string, app: string | null): FoundPackage | undefined {
  const places = [...(app === null ? [] : [resolve(app)]), resolve('bench'), import.meta.url];
  for (const place of places) {
    try {
      const file = createRequire(place).resolve(`${name}/package.json`);
      const { version } = JSON.parse(readFileSync(file, 'utf8'));
      return { version, folder: dirname(file) };
    } catch {} // Not there.
  }
  return undefined;
}

/** Why what was found, or not, does not do; undefined where it does. */
export function unfit(
  name: string,
  policy: string,
  found: FoundPackage | undefined,
  oldest: number,
): string | undefined {
  const wayOut = `Install it beside the app (npm install ${name}), or leave ${policy} out of --policy`;
  if (found === undefined)
    return `${name} is installed neither in the app's folder nor in this one. ${wayOut}`;
  return Number.parseInt(found.version, 10) < oldest
    ? `${name} ${oldest} or newer is needed; the app's is ${found.version}. ${wayOut}`
    : undefined;
}
