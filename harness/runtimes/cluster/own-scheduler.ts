import { pathToFileURL } from 'node:url';
import type { SchedulerKind, SchedulerOptions } from './scheduler.js';

/** Its default export: a kind like ours, without a name that it need not have, or `pick` alone. */
type Exported = Partial<SchedulerKind> | ReturnType<SchedulerKind['create']>['pick'];

/** A module that has no scheduler; its message says what it should have. */
export class NoScheduler extends Error {}

/**
 * The scheduler of a user's module.
 * @throws NoScheduler, and whatever the module throws
 */
export async function loadScheduler({ path, name }: { path: string; name: string }): Promise<SchedulerKind> {
  const { default: exported } = (await import(pathToFileURL(path).href)) as { default?: Exported };
  const summary = 'a scheduler of your own';
  if (typeof exported === 'function') {
    const needs = { active: true, utilization: true };
    return { name, summary, needs, create: () => ({ pick: exported }) };
  }
  const { create, needs } = exported ?? {};
  if (typeof create === 'function')
    return {
      name,
      summary,
      ...(needs === undefined ? {} : { needs }),
      create: (options) => made(name, create, options),
    };
  throw new NoScheduler(
    `${name} exports no scheduler. Let its default export be a function (candidates, connection) => candidate, or {needs, create}`,
  );
}

function made(name: string, create: SchedulerKind['create'], options: SchedulerOptions) {
  const scheduler = create(options);
  if (typeof scheduler?.pick === 'function') return scheduler;
  throw new NoScheduler(
    `${name}: create() made no scheduler. Let it return an object with pick(candidates, connection)`,
  );
}
