import type { Candidate, Scheduler } from './scheduler.js';
import { strict } from './schedulers/strict.js';

/**
 * A scheduler that may be wrong, so that the server is not hurt by it: from its first mistake on, which `failed` is told,
 * connections go to every worker in turn. Notifications that it throws in are mistakes too.
 */
export function guarded(scheduler: Scheduler, failed: (what: string) => void): Scheduler {
  let current = scheduler;
  const giveUp = (what: string) => {
    current = strict.create();
    failed(what);
  };
  const notify = (tell: (to: Scheduler) => void) => {
    try {
      tell(current);
    } catch (error) {
      giveUp(`it threw when it was told: ${inWords(error)}`);
    }
  };
  return {
    pick(candidates, connection) {
      try {
        // A copy: it may sort it, or take from it.
        const picked: unknown = current.pick([...candidates], connection);
        if (candidates.includes(picked as Candidate)) return picked as Candidate;
        giveUp(`pick() returned ${shown(picked)}, which is none of the workers that can take a connection`);
      } catch (error) {
        giveUp(`pick() threw ${inWords(error)}`);
      }
      return current.pick(candidates, connection);
    },
    given: (worker) => notify((to) => to.given?.(worker)),
    ended: (worker, connections) => notify((to) => to.ended?.(worker, connections)),
    joined: (worker) => notify((to) => to.joined?.(worker)),
    left: (worker) => notify((to) => to.left?.(worker)),
  };
}

function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return inWords(value);
  const { slot } = value as Partial<Candidate>;
  return slot === undefined ? 'an object' : `the worker of slot ${slot}`;
}

/** Not everything that can be thrown has a text. */
function inWords(value: unknown): string {
  try {
    return String(value);
  } catch {
    return `an ${typeof value} without a text`;
  }
}
