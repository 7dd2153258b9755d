import { availableParallelism } from 'node:os';
import type { Definitions } from '../../harness/catalogue.js';
import { usageError } from '../../harness/errors.js';
import { known } from '../../harness/known.js';
import { isModule } from '../../harness/policies/policy.js';
import { type Plan, planSchema } from '../../harness/record.js';
import { shortestWithScenario } from '../contradictions.js';
import { metricNames } from '../flags/verdict.js';
import { toPlan } from '../plan.js';

/**
 * A program's plan, with what it leaves out as on the command line.
 * @throws BenchError `bad-plan`, exit code 2
 */
export function complete(
  given: Partial<Plan>,
  { policies: definedPolicies = [], workload: definedWorkload }: Definitions = {},
): Plan {
  // Those on which the defaults of others depend.
  const { requests, weights = [] } = given;
  const options = { args: [], ...(requests && { requests }), ...(weights.length > 0 && { weights }) };
  const defaults = toPlan(options, {
    availableParallelism: availableParallelism(),
    randomSeed: Math.floor(Math.random() * 2 ** 32),
    nodeVersion: process.versions.node,
  });
  const { success, data, error } = planSchema.safeParse({ ...defaults, ...given });
  if (!success) {
    const [issue] = error.issues;
    throw usageError('bad-plan', `plan.${issue?.path.join('.')}: ${issue?.message}`, error);
  }
  assertKnown('policies', data.policies, known.policies, definedPolicies);
  assertKnown('workload', [data.workload], known.workloads, definedWorkload ? [definedWorkload] : []);
  if (data.scenario !== null) assertKnown('scenario', [data.scenario], known.scenarios);
  if (data.driver !== null) assertKnown('driver', [data.driver], known.drivers);
  assertKnown(
    'gate',
    data.gate,
    metricNames.map((name) => ({ name })),
  );
  if (data.fewestRuns !== null && data.fewestRuns > data.runs)
    throw usageError('bad-plan', `plan.fewestRuns: ${data.fewestRuns} are more than plan.runs, ${data.runs}`);
  if (data.scenario !== null && (data.durationSeconds ?? 0) < shortestWithScenario)
    throw usageError(
      'bad-plan',
      'plan.scenario: it happens at a time, so plan.durationSeconds must be one second at least',
    );
  assertWeights(data);
  if ((data.durationSeconds === null) === (data.requests === null))
    throw usageError(
      'bad-plan',
      'plan.durationSeconds, plan.requests: one of them must be null, and one not',
    );
  return data;
}

function assertWeights({ policies, weights, workers }: Plan): void {
  const isWeighted = policies.includes('weighted');
  if (isWeighted && workers.some((count) => count !== weights.length))
    throw usageError(
      'bad-plan',
      `plan.weights: ${weights.length} of them for ${workers.join(', ')} workers; the policy weighted needs one for each`,
    );
  if (!isWeighted && weights.length > 0)
    throw usageError('bad-plan', 'plan.weights: only the policy weighted weighs; name it in plan.policies');
}

/** @param own what may be named besides; where there may be any, so may a module. */
function assertKnown(
  field: string,
  given: readonly string[],
  builtIn: readonly { name: string }[],
  own?: readonly { name: string }[],
): void {
  const names = [...builtIn, ...(own ?? [])].map(({ name }) => name);
  const stranger = given.find((name) => !names.includes(name) && !(own && isModule(name)));
  if (stranger !== undefined)
    throw usageError('bad-plan', `plan.${field}: ${stranger} is none of ${names.join(', ')}`);
}
