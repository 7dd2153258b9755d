import type { BoundAddress } from './mechanism.js';
import type { ListenEvent } from './probe/reader.js';
import { listening, type ServerView } from './probe/server-view.js';
import { reachable } from './scout.js';
import type { TrialSpec } from './trial.js';

/** The address that the driven server is bound to, and the host by which a client reaches it. */
export type Driven = BoundAddress & { host: string };

/** The app's servers are told apart by the port that they ask for and by their class; a built-in workload has one. */
export function drivenBy({
  server: { askedPort },
  listens,
}: Pick<TrialSpec, 'server' | 'listens'>): (at: ListenEvent) => boolean {
  return ({ port, protocol, ...at }) =>
    port !== undefined &&
    (askedPort === null || at.askedPort === askedPort) &&
    (listens === null || protocol === listens);
}

/** Where a client reaches the driven server. */
export function drivenAddress({ workers }: ServerView, isDriven: (at: ListenEvent) => boolean): Driven {
  const at = workers.flatMap(({ reading }) => listening(reading)).find(isDriven);
  const address = at?.address ?? '';
  return { address, port: at?.port ?? 0, host: reachable(address) };
}
