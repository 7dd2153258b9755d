import { readFileSync } from 'node:fs';

/** Name and version of this tool, from its package.json, two folders above the built file. */
export function describeTool(): { name: string; version: string } {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return { name, version };
}
