import type { Cell } from '../../harness/record.js';
import { cellKey } from './cells.js';
import type { HistoryCell, HistoryRun } from './history-run.js';

/** One cell over the runs: an entry for each run, undefined where it does not have the cell. */
export interface CellOverRuns {
  cell: Cell;
  overRuns: (HistoryCell | undefined)[];
}

type NameOfNode = (found: HistoryCell) => string;

const namesOfNode: readonly NameOfNode[] = [
  () => '',
  ({ nodeVersion }) => nodeVersion.replace(/\..*/, ''),
  ({ cell }) => cell.node,
];

/**
 * The cells of all runs, in the order in which they appear. Node is part of a cell by the coarsest of nothing, its major
 * version and its label under which no run has two cells alike: an update of Node is to show in a series, not to end it.
 */
export function cellsOverRuns(runs: readonly HistoryRun[]): CellOverRuns[] {
  const keepsApart = (name: NameOfNode) =>
    runs.every(({ cells }) => new Set(cells.map((found) => keyOf(found, name))).size === cells.length);
  const nameOfNode = namesOfNode.find(keepsApart) ?? (({ cell }) => cell.node);
  const groups = new Map<string, CellOverRuns>();
  runs.forEach(({ cells }, run) => {
    for (const found of cells) {
      const key = keyOf(found, nameOfNode);
      const group = groups.get(key) ?? {
        cell: { ...found.cell, node: nameOfNode(found) },
        overRuns: runs.map(() => undefined),
      };
      group.overRuns[run] = found;
      groups.set(key, group);
    }
  });
  return [...groups.values()];
}

function keyOf(found: HistoryCell, nameOfNode: NameOfNode): string {
  return cellKey({ ...found.cell, node: nameOfNode(found) });
}

/** The policy, and what else tells `cell` from the others, as far as it has it: `rr, 4 workers`. */
export function labelAmong(cell: Cell, all: readonly Cell[]): string {
  const told = fields.filter(([field]) => new Set(all.map((other) => other[field])).size > 1);
  const here = told.flatMap(([field, words]) => (cell[field] ? [words(String(cell[field]))] : []));
  return [cell.policy, ...here].join(', ');
}

/** What all the cells have in common, but for the policy. */
export function sharedFields(all: readonly Cell[]): string[] {
  const [first] = all;
  const shared = fields.filter(
    ([field]) => first?.[field] && all.every((other) => other[field] === first[field]),
  );
  return shared.map(([field, words]) => words(String(first?.[field])));
}

const fields: readonly [keyof Cell, (value: string) => string][] = [
  ['side', (value) => value],
  ['app', (value) => value],
  ['workload', (value) => value],
  ['workers', (value) => `${value} worker${value === '1' ? '' : 's'}`],
  ['connections', (value) => `${value} connection${value === '1' ? '' : 's'}`],
  ['driver', (value) => `driver ${value}`],
  ['loop', (value) => `${value} loop`],
  ['rate', (value) => `${value}/s`],
  ['arrivals', (value) => `${value} arrivals`],
  ['node', (value) => `Node ${value}`],
  ['scenario', (value) => `scenario ${value}`],
];
