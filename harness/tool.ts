import { readFileSync } from 'node:fs';
import { ownFile } from './own-files.js';

/** Name and version of this tool, from its package.json, one folder above the built files. */
export function describeTool(): { name: string; version: string } {
  const { name, version } = JSON.parse(readFileSync(ownFile('../package.json'), 'utf8'));
  return { name, version };
}
