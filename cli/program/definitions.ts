import * as z from 'zod';
import type { Definitions } from '../../harness/catalogue.js';
import { usageError } from '../../harness/errors.js';
import { known } from '../../harness/known.js';
import type { PolicyDefinition } from '../../harness/policies/definition.js';
import { type Plan, planSchema } from '../../harness/record.js';
import type { WorkloadDefinition } from '../../harness/workload-definition.js';
import { assertGiven, nameOrDefinition, said } from './given.js';

/** A plan as the record has it, in part, and with definitions where that has names. */
export type ProgramPlan = Partial<Omit<Plan, 'policies' | 'workload' | 'sides'>> & {
  policies?: readonly (string | PolicyDefinition)[];
  workload?: string | WorkloadDefinition;
};

/** Of a plan, part by part, before it has names in the place of definitions. */
const givenSchema = z.strictObject({
  ...z.object(planSchema.shape).partial().shape,
  policies: z.array(nameOrDefinition).optional(),
  workload: nameOrDefinition.optional(),
});

/**
 * The plan in names, and what they stand for.
 * @throws BenchError `bad-plan`, exit code 2, for what is no plan, and for a definition whose name is taken
 */
export function named(given: ProgramPlan): {
  plan: Partial<Plan>;
  definitions: Definitions;
} {
  assertGiven(givenSchema, given, 'plan');
  const { policies, workload, ...plan } = said(given);
  const defined = [...new Set(policies?.filter((policy) => typeof policy !== 'string'))];
  assertNew('policies', defined, known.policies);
  const load = typeof workload === 'string' ? undefined : workload;
  assertNew('workload', load === undefined ? [] : [load], known.workloads);
  return {
    plan: {
      ...plan,
      ...(policies && { policies: policies.map(nameOf) }),
      ...(workload !== undefined && { workload: nameOf(workload) }),
    },
    definitions: { policies: defined, ...(load && { workload: load }) },
  };
}

export function nameOf(given: string | { name: string }): string {
  return typeof given === 'string' ? given : given.name;
}

function assertNew(
  field: string,
  defined: readonly { name: string }[],
  builtIn: readonly { name: string }[],
): void {
  const names = defined.map(({ name }) => name);
  const taken = names.find(
    (name, index) => builtIn.some((other) => other.name === name) || names.indexOf(name) < index,
  );
  if (taken !== undefined)
    throw usageError('bad-plan', `plan.${field}: there is another ${taken}; give yours a name of its own`);
}
