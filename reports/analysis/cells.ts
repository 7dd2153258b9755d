import type { Cell, Plan, TrialRecord } from '../../harness/record.js';

export interface CellTrials {
  cell: Cell;
  /** In the order they ran. */
  trials: TrialRecord[];
}

/**
 * The trials of each cell. Trials run in shuffled blocks; the cells come in plan order where the plan is given (by
 * Node, then workers, then policy, so that the policies to compare stand together), else in order of appearance.
 */
export function groupByCell(trials: readonly TrialRecord[], plan?: Plan): CellTrials[] {
  const groups = new Map<string, CellTrials>();
  for (const trial of trials) {
    const key = cellKey(trial.cell);
    const group = groups.get(key);
    if (group) group.trials.push(trial);
    else groups.set(key, { cell: trial.cell, trials: [trial] });
  }
  const cells = [...groups.values()];
  return plan ? cells.sort((a, b) => byPlan(plan, a.cell, b.cell)) : cells;
}

/** Equal for cells with the same fields, in whatever order they were written. */
export function cellKey(cell: Cell): string {
  return JSON.stringify(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const sides: Cell['side'][] = [undefined, 'base', 'candidate'];

function byPlan(plan: Plan, a: Cell, b: Cell): number {
  return (
    sides.indexOf(a.side) - sides.indexOf(b.side) ||
    plan.nodes.indexOf(a.node) - plan.nodes.indexOf(b.node) ||
    a.workers - b.workers ||
    plan.policies.indexOf(a.policy) - plan.policies.indexOf(b.policy)
  );
}
