import { type ResolvedNode, resolveNodes } from './nodes.js';
import type { SideOfPlan } from './prepare.js';
import type { Plan, Side } from './record.js';

export interface PlanSide extends SideOfPlan {
  nodes: ResolvedNode[];
}

/**
 * The plan itself, or what each of its two sides comes to.
 * @throws BenchError where a Node cannot be had
 */
export async function sidesOf(plan: Plan, options: Parameters<typeof resolveNodes>[1]): Promise<PlanSide[]> {
  const nodes = await resolveNodes(plan.nodes, options);
  if (plan.sides === null) return [{ side: undefined, plan, nodes }];
  const sides: PlanSide[] = [];
  for (const side of ['base', 'candidate'] as const) {
    const { app, policy, workers, node } = plan.sides[side];
    const [own] = await resolveNodes([node], options);
    sides.push({
      side,
      plan: { ...plan, sides: null, app, policies: [policy], workers: [workers], nodes: [node] },
      // With the label that tells it from the other's.
      nodes: nodes.filter(({ path }) => path === own?.path),
    });
  }
  return sides;
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
