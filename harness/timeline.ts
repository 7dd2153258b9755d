import type { SlotAccepts } from './accept-order.js';
import layout from './probe/layout.cjs';
import type { BinRow } from './probe/reader.js';
import type { Timeline } from './record.js';

export interface SlotEvents extends SlotAccepts {
  bins: BinRow[];
}

const intervalMs = 100;

/**
 * New connections, requests and open connections per slot and 100 ms. The probe counts requests and closes in bins of
 * 10 ms of the shared clock, so the first interval begins at the bin that holds `startedAtMs`. What happens after
 * `endedAtMs` falls into the last interval: each row adds up to what the slot had in all.
 */
export function countTimeline(
  events: readonly SlotEvents[],
  slots: number,
  { startedAtMs, endedAtMs }: { startedAtMs: number; endedAtMs: number },
): Pick<Timeline, 'intervalSeconds' | 'connections' | 'requests' | 'active'> {
  const originMs = Math.floor(startedAtMs / layout.binMs) * layout.binMs;
  const intervals = Math.max(1, Math.ceil((endedAtMs - originMs) / intervalMs));
  const rows = () => Array.from({ length: slots }, () => new Array<number>(intervals).fill(0));
  const [connections, requests, closes] = [rows(), rows(), rows()];
  const add = (to: number[][], slot: number, atMs: number, count: number) => {
    const interval = Math.min(intervals - 1, Math.max(0, Math.floor((atMs - originMs) / intervalMs)));
    const row = to[slot];
    if (row !== undefined) row[interval] = (row[interval] ?? 0) + count;
  };
  for (const { slot, atMs, bins } of events) {
    for (const at of atMs) add(connections, slot, at, 1);
    for (const { bin, requests: asked, closed } of bins) {
      add(requests, slot, bin * layout.binMs, asked);
      add(closes, slot, bin * layout.binMs, closed);
    }
  }
  const active = connections.map((row, slot) => {
    let open = 0;
    return row.map((opened, interval) => {
      open += opened - (closes[slot]?.[interval] ?? 0);
      // A close may carry the bin in which its accept was, one interval early at a bin's edge.
      return Math.max(0, open);
    });
  });
  return { intervalSeconds: intervalMs / 1000, connections, requests, active };
}
