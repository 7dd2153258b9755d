import path from 'node:path';
import type { Format, Part, Text } from '../reports/render/formats/format.js';

/** `run.json` and `run.journal` → `run.md`. */
export function besideRecord(record: string, { extension }: Pick<Format, 'extension'>): string {
  return `${record.replace(/\.(json|journal(\.\d+)?)$/, '')}.${extension}`;
}

/** What is to be in which file. Of several, each has its part's name before the extension: `run.csv` → `run.cells.csv`. */
export function filesOf(
  content: Text | Part[],
  file: string,
  { extension }: Pick<Format, 'extension'>,
): { name: string; text: Text }[] {
  if (!isParts(content)) return [{ name: file, text: content }];
  const { dir, name, ext } = path.parse(file);
  const taken = new Set<string>();
  return content.map((part) => {
    const base = `${name}.${fitForFile(part.name)}`;
    let free = base;
    for (let number = 2; taken.has(free); number += 1) free = `${base}-${number}`;
    taken.add(free);
    return { name: path.join(dir, free + (ext || `.${extension}`)), text: part.text };
  });
}

function isParts(content: Text | Part[]): content is Part[] {
  return Array.isArray(content);
}

const longestName = 100;

/** `rr, 4 workers` → `rr-4-workers`. */
function fitForFile(name: string): string {
  return name
    .replace(/[^A-Za-z0-9._+]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, longestName)
    .replace(/[-.]+$/, '');
}
