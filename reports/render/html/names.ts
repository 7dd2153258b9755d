import type { RunDescription } from '../../analysis/describe.js';

const longest = 60;

/** A name for each cell that is fit for a file or an anchor: `rr-4`, and what else tells it from the others. */
export function cellNames({ cells, varies }: RunDescription): string[] {
  const taken = new Set<string>();
  return cells.map(({ summary: { cell }, nodeVersion }) => {
    const parts = [cell.side ?? '', cell.policy, `${cell.workers}`, varies.node ? `node-${nodeVersion}` : ''];
    const wanted = parts.map(simple).filter(Boolean).join('-');
    let name = wanted;
    for (let again = 2; taken.has(name); again++) name = `${wanted}-${again}`;
    taken.add(name);
    return name;
  });
}

function simple(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, longest);
}
