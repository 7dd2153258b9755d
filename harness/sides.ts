import { type NodeOptions, type ResolvedNode, resolveEach, resolveNodes } from './nodes.js';
import type { SideOfPlan } from './prepare.js';
import type { Plan, Side } from './record.js';

export interface PlanSide extends SideOfPlan {
  nodes: ResolvedNode[];
}

/**
 * The plan itself, or what each of its two sides comes to.
 * @throws BenchError where a Node cannot be had
 */
export async function sidesOf(plan: Plan, options: NodeOptions): Promise<PlanSide[]> {
  const { sides } = plan;
  if (sides === null) return [{ side: undefined, plan, nodes: await resolveNodes(plan.nodes, options) }];
  // Together, so that labels tell them apart.
  const nodes = await resolveEach(plan.nodes, options);
  return (['base', 'candidate'] as const).map((side) => {
    const { app, policy, workers, node } = sides[side];
    return {
      side,
      plan: { ...plan, sides: null, app, policies: [policy], workers: [workers], nodes: [node] },
      nodes: [nodes.get(node) as ResolvedNode],
    };
  });
}

/** A plan that compares these two, and names what either of them needs. */
export function withSides(plan: Plan, sides: { base: Side; candidate: Side }): Plan {
  const each = <T>(of: (side: Side) => T) => [...new Set([of(sides.base), of(sides.candidate)])];
  return {
    ...plan,
    app: sides.base.app,
    policies: each(({ policy }) => policy),
    workers: each(({ workers }) => workers),
    nodes: each(({ node }) => node),
    sides,
  };
}
