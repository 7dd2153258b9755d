import type { Policy } from '../policies/policy.js';

/** What is done to the server while it is measured. One file each, listed in index.ts. */
export interface Scenario {
  name: string;
  /** For people, in half a line. */
  summary: string;
  /** Which worker it happens to, of so many; null: to all of them. */
  slot(workers: number): number | null;
  /** The worker in that slot is held back until then. */
  isLate?: true;
  /** Workers end by it. */
  endsWorkers?: true;
  /** Something that a worker must do itself, for which a preload listens. */
  needsCommands?: true;
  /** The reason why a policy cannot have it; undefined when it can. */
  unsupported(policy: Policy): string | undefined;
  /** Do it. It must leave no worker stopped behind, whatever happens. */
  happen(server: Happening): Promise<void>;
}

export type Command = 'disconnect' | 'be-full' | 'have-room';

/** A running server, in the hands of a scenario. */
export interface Happening {
  /** k. */
  workers: number;
  /** PID of the live worker in a slot; undefined where there is none. */
  pidIn(slot: number): number | undefined;
  signal(pid: number, signal: NodeJS.Signals): void;
  /** Have the worker do it. Resolves when it has heard of it; after `--timeout` at the latest. */
  command(pid: number, command: Command): Promise<void>;
  /** Let the worker go that was held back. */
  release(): void;
  /** Fire the burst. Resolves when all of its clients have asked for their connections, whatever comes of them. */
  burst(): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** Until another worker than this one listens in its slot; no longer than `--timeout`. */
  untilReplaced(slot: number, pid: number): Promise<void>;
}

/** After a worker has been stopped, it surely is. */
const surelyMs = 20;

/**
 * The burst comes to a slot's worker that is stopped, and so long after it goes on (SIGCONT) or is killed: also where the trial
 * is given up meanwhile.
 */
export async function burstWhileStopped(
  server: Happening,
  { slot, ms, end }: { slot: number; ms: number; end: 'SIGCONT' | 'SIGKILL' },
): Promise<void> {
  const pid = server.pidIn(slot);
  if (pid === undefined) return;
  server.signal(pid, 'SIGSTOP');
  try {
    await server.sleep(surelyMs);
    await server.burst();
    await server.sleep(ms);
  } finally {
    server.signal(pid, end);
  }
}

/** Why nobody would take a worker's place; undefined where somebody does. */
export function nobodyReplaces({ name, single, mechanism }: Policy): string | undefined {
  if (single) return `under ${name} there is nobody to replace a worker`;
  return mechanism === 'handle' ? `under ${name} a worker that comes later gets no socket` : undefined;
}

/** Why there is no cluster whose worker could disconnect; undefined where there is one. */
export function noCluster({ name, mechanism }: Policy): string | undefined {
  return mechanism === 'proxy' ? `under ${name} there is no cluster that a worker could leave` : undefined;
}
