import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workloadNamed } from '../workloads/index.js';
import type { Workload } from '../workloads/workload.js';
import { assertFile } from './definition.js';
import { BenchError, usageError } from './errors.js';
import { longestTimerMs } from './longest-timer.js';
import { definedPolicy, isPolicyDefinition, type PolicyDefinition } from './policies/definition.js';
import { policyNamed } from './policies/index.js';
import { schedulerPolicy } from './policies/own.js';
import { isModule, type Policy } from './policies/policy.js';
import type { Plan } from './record.js';
import { assertWorkload, type WorkloadDefinition } from './workload-definition.js';

/** What the names in a plan stand for. */
export interface Catalogue {
  policy(name: string): Policy;
  workload(name: string): Workload | WorkloadDefinition;
}

/** What a program has defined and not put into a module. */
export interface Definitions {
  policies?: readonly PolicyDefinition[];
  workload?: WorkloadDefinition;
}

/** What bench has by itself. */
export const builtIn: Catalogue = { policy: policyNamed, workload: workloadNamed };

/**
 * Together with what is the user's own: definitions, and the modules that the plan names by their paths, from the working
 * folder. A module goes by its path as it was named.
 * @throws BenchError exit code 2 for a module that cannot be had, and for a definition that is not as its type says
 */
export async function catalogueOf(
  { policies: names, workload: load, timeoutSeconds }: Pick<Plan, 'policies' | 'workload' | 'timeoutSeconds'>,
  { policies = [], workload }: Definitions = {},
): Promise<Catalogue> {
  const own = new Map<string, Policy>();
  for (const definition of policies) {
    const policy = definedPolicy(definition, `the policy ${definition?.name}`);
    own.set(policy.name, policy);
  }
  for (const name of names) if (isModule(name)) own.set(name, await policyOfModule(name, timeoutSeconds));
  if (workload !== undefined) assertWorkload(workload, `the workload ${workload?.name}`);
  const loaded = isModule(load) ? await workloadOfModule(load, timeoutSeconds) : workload;
  return {
    policy: (name) => own.get(name) ?? builtIn.policy(name),
    workload: (name) => (name === loaded?.name ? loaded : builtIn.workload(name)),
  };
}

/**
 * What bench cannot load is left to the primary, whose Node may be another, and which says what is wrong with a scheduler.
 */
async function policyOfModule(name: string, timeoutSeconds: number): Promise<Policy> {
  const told = `--policy ${name}`;
  assertFile(name, told, 'Name the module of a scheduler, or one of the policies');
  const exported = await defaultOf(name, told, timeoutSeconds).catch((error) => {
    if (error instanceof BenchError) throw error;
  });
  return isPolicyDefinition(exported)
    ? { ...definedPolicy(exported, told), name }
    : schedulerPolicy(name, resolve(name));
}

async function workloadOfModule(name: string, timeoutSeconds: number): Promise<WorkloadDefinition> {
  const told = `--workload ${name}`;
  assertFile(name, told, 'Name the module of a workload, or one of the workloads');
  const exported = await defaultOf(name, told, timeoutSeconds).catch((error) => {
    if (error instanceof BenchError) throw error;
    const line = String(error).split('\n', 1)[0];
    throw usageError('bad-definition', `${told}: it cannot be loaded (${line})`, error);
  });
  if (exported === undefined)
    throw usageError(
      'bad-definition',
      `${told}: it has no default export; let it be a workload: {name, app, exchange}`,
    );
  assertWorkload(exported, told);
  return { ...exported, name };
}

/** @throws BenchError where it is not loaded in time: what a module awaits may never come, and would keep bench or end it without a word */
async function defaultOf(name: string, told: string, timeoutSeconds: number): Promise<unknown> {
  const late = usageError(
    'bad-definition',
    `${told}: it was not loaded within --timeout ${timeoutSeconds}s. See what it awaits, or raise it`,
  );
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, Math.min(timeoutSeconds * 1000, longestTimerMs), late);
  });
  try {
    const loading: Promise<{ default?: unknown }> = import(pathToFileURL(resolve(name)).href);
    return (await Promise.race([loading, isLate])).default;
  } finally {
    clearTimeout(timer);
  }
}
