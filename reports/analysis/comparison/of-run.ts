import type { Plan, RunRecord, TrialRecord } from '../../../harness/record.js';
import { type CellTrials, groupByCell } from '../cells.js';
import { type Comparison, compareCells, type Sides } from './compare.js';
import { alphaOf, isDecided, looksOf } from './stopping.js';

/**
 * What is compared within one run, by blocks: the candidate with the base, or every other policy with the reference, at the
 * same number of workers on the same Node. Empty where there is nothing to compare.
 */
export function compareRun({
  trials,
  plan,
}: Pick<RunRecord, 'plan'> & { trials: readonly TrialRecord[] }): Comparison[] {
  return compareGroups(groupByCell(trials, plan), plan);
}

/** The same where the trials are grouped already. */
export function compareGroups(cells: readonly CellTrials[], plan: Plan): Comparison[] {
  const { gate, minEffect } = plan;
  return compareCells(sidesOf(cells, plan), true, {
    gate,
    minEffect,
    alpha: alphaOf(plan),
  });
}

/** At a look: nothing would change the verdicts that matter. */
export function isEnough(run: Parameters<typeof compareRun>[0], block: number): boolean {
  return looksOf(run.plan).includes(block) && isDecided(compareRun(run));
}

function sidesOf(cells: readonly CellTrials[], plan: Plan): Sides[] {
  if (plan.sides !== null) {
    const [base, candidate] = (['base', 'candidate'] as const).map((side) =>
      cells.find(({ cell }) => cell.side === side),
    );
    return base && candidate ? [{ base, candidate }] : [];
  }
  const reference = plan.reference ?? plan.policies[0];
  return cells.flatMap((candidate) => {
    if (candidate.cell.policy === reference) return [];
    const base = cells.find(({ cell }) => cell.policy === reference && isBeside(cell, candidate.cell));
    return base === undefined ? [] : [{ base, candidate }];
  });
}

/** The policy `single` has one worker, whatever the others have. */
function isBeside(one: CellTrials['cell'], other: CellTrials['cell']): boolean {
  const isSingle = [one, other].some(({ policy }) => policy === 'single');
  return one.node === other.node && (one.workers === other.workers || isSingle);
}
