import { resolve } from 'node:path';
import * as z from 'zod';
import {
  assertDefined,
  assertFile,
  callable,
  called,
  fileSchema,
  namedPath,
  namedShape,
} from '../definition.js';
import { type MechanismName, mechanismNameSchema } from '../record.js';
import { nodeProcess, type ServerSpec } from '../runtimes/server.js';
import { schedulerPolicy } from './own.js';
import { onlyUnderOurPrimary, type Policy, type PolicyContext } from './policy.js';

interface Named {
  /** What it goes by in plans, records and reports. */
  name: string;
  /** For people, in half a line. */
  summary?: string;
}

/** Our own cluster, with a scheduler of the user's: a module's path, from the working folder, or its URL. */
export interface SchedulerPolicy extends Named {
  scheduler: string | URL;
}

/**
 * A primary of the user's: a script that forks its workers with `node:cluster`, or emits `fork` and `exit` there for those
 * that it has started in another way.
 */
export interface PrimaryPolicy extends Named {
  /** What must be found in the listening sockets while it runs; a trial that shows another is not valid. */
  mechanism: MechanismName;
  /** Each worker binds by itself: where the app takes any port, one is found beforehand. */
  fixedPort?: boolean;
  start(server: PolicyServer): Start;
  /** The reason why it cannot be had there, and the way out; undefined when it can. */
  unsupported?(context: Pick<PolicyContext, 'nodeVersion' | 'platform' | 'transport'>): string | undefined;
}

/** A policy of the user's own. */
export type PolicyDefinition = SchedulerPolicy | PrimaryPolicy;

/** The server that a primary is to run; `folder` is the trial's, and goes with it. */
export type PolicyServer = Readonly<Pick<ServerSpec, 'app' | 'workers' | 'folder'>>;

/** How: arguments for the trial's Node, in which the probe runs, as it does in the processes of Node that it starts. */
export interface Start {
  args: readonly string[];
  /** Beside the environment of bench. */
  env?: Readonly<Record<string, string>>;
}

const schedulerSchema = z.strictObject({ ...namedShape, scheduler: fileSchema });
const primarySchema = z.strictObject({
  ...namedShape,
  mechanism: mechanismNameSchema,
  fixedPort: z.boolean().optional(),
  start: callable,
  unsupported: callable.optional(),
});
const startSchema = z.strictObject({
  args: z.array(z.string()).min(1),
  env: z.record(z.string(), z.string()).optional(),
});

/** Whether it is a policy as one is defined, and not a scheduler. */
export function isPolicyDefinition(exported: unknown): exported is PolicyDefinition {
  return (
    typeof exported === 'object' && exported !== null && ('start' in exported || 'scheduler' in exported)
  );
}

/**
 * The policy that a definition comes to.
 * @param told how messages call it
 * @throws BenchError exit code 2 where it is not as its type says
 */
export function definedPolicy(definition: PolicyDefinition, told: string): Policy {
  if ('scheduler' in definition) {
    assertDefined(schedulerSchema, definition, told);
    const path = namedPath(definition.scheduler);
    assertFile(path, `${told}: the scheduler ${path}`, 'Name the module of a scheduler');
    return schedulerPolicy(definition.name, resolve(path), definition.summary);
  }
  assertDefined(primarySchema, definition, told);
  const { name, summary = 'a primary of your own', mechanism, fixedPort } = definition;
  return {
    name,
    mechanism,
    // As a cluster of Node's has it.
    ...(mechanism === 'round-robin' && { mechanismOfDatagrams: 'shared' as const }),
    summary,
    ...(fixedPort && { fixedPort: true as const }),
    unsupported: (context) =>
      called(told, 'unsupported', () => definition.unsupported?.(context)) ??
      onlyUnderOurPrimary(name, context),
    start(server) {
      const { app, workers, folder } = server;
      const start = called(told, 'start', () => definition.start({ app, workers, folder }));
      assertDefined(startSchema, start, `${told}: start() returned`);
      return nodeProcess(server, start.args, start.env && { env: { ...start.env } });
    },
  };
}
