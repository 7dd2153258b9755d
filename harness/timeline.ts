import type { SlotAccepts } from './accept-order.js';
import type { ListenerRow } from './probe/reader.js';
import type { Timeline } from './record.js';

/** What a listener had counted at some instant; counts never fall. */
type Flush = Pick<ListenerRow, 'atMs' | 'connections' | 'requests' | 'closed'>;

export interface SlotEvents extends SlotAccepts {
  /** In the order of time, the first being what the window began with. */
  flushes: readonly Flush[];
}

const intervalMs = 100;

/**
 * New connections, requests and open connections per slot and 100 ms. Accepts have times of their own; requests are
 * known at each flush (every 50 ms) and taken as spread evenly over the time since the one before; open connections are those of
 * the last flush in the interval. What happens after `endedAtMs` belongs to the last interval: each row of connections
 * and of requests adds up to what the slot had in all.
 */
export function countTimeline(
  events: readonly SlotEvents[],
  slots: number,
  { startedAtMs, endedAtMs }: { startedAtMs: number; endedAtMs: number },
): Pick<Timeline, 'intervalSeconds' | 'connections' | 'requests' | 'active'> {
  const intervals = Math.max(1, Math.ceil((endedAtMs - startedAtMs) / intervalMs));
  const rows = () => Array.from({ length: slots }, () => new Array<number>(intervals).fill(0));
  const [connections, requests, active] = [rows(), rows(), rows()];
  const add = (to: number[][], slot: number, interval: number, count: number) => {
    const row = to[slot];
    if (row !== undefined) row[interval] = (row[interval] ?? 0) + count;
  };
  for (const { slot, atMs, flushes } of events) {
    for (const at of atMs) {
      const interval = Math.floor((at - startedAtMs) / intervalMs);
      add(connections, slot, Math.min(intervals - 1, Math.max(0, interval)), 1);
    }
    const countsAt = follow(flushes);
    let counted = flushes[0]?.requests ?? 0;
    for (let interval = 0; interval < intervals; interval += 1) {
      const isLast = interval === intervals - 1;
      const end = isLast ? Number.POSITIVE_INFINITY : startedAtMs + (interval + 1) * intervalMs;
      const { requests: byThen, open } = countsAt(end);
      add(requests, slot, interval, byThen - counted);
      add(active, slot, interval, open);
      counted = byThen;
    }
  }
  return { intervalSeconds: intervalMs / 1000, connections, requests, active };
}

/** To be asked for one instant after the other. */
function follow(flushes: readonly Flush[]) {
  let next = 0;
  return (atMs: number): { requests: number; open: number } => {
    while (next < flushes.length && (flushes[next]?.atMs ?? 0) <= atMs) next += 1;
    const before = flushes[next - 1] ?? flushes[0];
    const after = flushes[next] ?? before;
    if (before === undefined || after === undefined) return { requests: 0, open: 0 };
    const part = after === before ? 0 : (atMs - before.atMs) / (after.atMs - before.atMs);
    return {
      requests: Math.floor(before.requests + part * (after.requests - before.requests)),
      open: before.connections - before.closed,
    };
  };
}
