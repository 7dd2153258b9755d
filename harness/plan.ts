import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import { policies } from './policies/index.js';
import type { Cell, Plan } from './record.js';

/** A plan whose driver is known. */
export type ResolvedPlan = Plan & { driver: string };

/** A trial before it is run. */
export interface PlannedTrial {
  cell: Cell;
  /** 1…runs; also the number of its block. */
  run: number;
}

/**
 * The cells of a plan: every policy × number of workers × Node, in the order given, each once. A policy that is always
 * one process has one cell per Node, whatever `plan.workers` says. `plan.nodes` are labels of resolved Nodes.
 */
export function cellsOf(plan: ResolvedPlan): Cell[] {
  const cells = plan.policies.flatMap((policy) =>
    workersOf(policy, plan).flatMap((workers) =>
      plan.nodes.map((node) => cellOf(plan, policy, workers, node)),
    ),
  );
  return [...new Map(cells.map((cell) => [JSON.stringify(cell), cell])).values()];
}

/**
 * Every trial in the order it is to run: `runs` blocks, each a shuffle of all cells of its own (Fisher–Yates), so that a
 * machine that warms up or slows down during a run touches every cell alike. The same seed gives the same order, and
 * more runs only add blocks at the end.
 */
export function orderTrials(cells: readonly Cell[], runs: number, seed: number): PlannedTrial[] {
  // Not xoroshiro128plus, whose first draws from neighbouring seeds alternate.
  const random = mersenne(seed);
  return Array.from({ length: runs }, (_, index) => index + 1).flatMap((run) =>
    shuffle(cells, (most) => uniformInt(random, 0, most)).map((cell) => ({ cell, run })),
  );
}

function workersOf(policy: string, plan: ResolvedPlan): readonly number[] {
  return policies.some(({ name, single }) => name === policy && single) ? [1] : plan.workers;
}

function cellOf(plan: ResolvedPlan, policy: string, workers: number, node: string): Cell {
  const { workload, connections, driver, app, rate, arrivals, scenario } = plan;
  const loop = rate === null ? { loop: 'closed' as const } : { loop: 'open' as const, rate, arrivals };
  return {
    ...{ policy, workload, workers, connections, driver, ...loop, node },
    ...(app !== null && { app: app.path }),
    ...(scenario !== null && { scenario }),
  };
}

/** `draw(most)` gives a whole number from 0 to `most`, both included. */
function shuffle<T>(items: readonly T[], draw: (most: number) => number): T[] {
  const left = [...items];
  const shuffled: T[] = [];
  while (left.length > 0) shuffled.push(...left.splice(draw(left.length - 1), 1));
  return shuffled;
}
