import { countAbove } from '../drivers/histogram.js';
import type { Spell } from '../drivers/recorder.js';
import type { ScenarioRecord, Suffered, TrialRecord } from '../record.js';
import type { Happened } from './happen.js';
import type { Scenario } from './scenario.js';

/** Errors that have a count of their own. */
const named = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** Half of what a blocked worker is blocked for. */
const stuckAboveMs = 250;

interface Trial extends Pick<TrialRecord, 'cell' | 'timeline' | 'measuredSeconds'> {
  spell: Spell;
  timeoutMs: number;
}

/** What the clients of the burst suffered, what those of the load, and when all slots were served again as before. */
export function outcomeOf(
  { name, slot, isLate }: Scenario,
  { atMs, burst }: Happened,
  { cell, timeline, measuredSeconds, spell, timeoutMs }: Trial,
): ScenarioRecord {
  const at = slot(cell.workers);
  const ofBurst = sufferedBy(burst);
  const longestMs = Math.max(burst.latency.response.max / 1000, ofBurst.hung > 0 ? timeoutMs : 0);
  const atSeconds = (atMs - spell.startedAtMs) / 1000;
  return {
    name,
    slot: at,
    atSeconds,
    burst: burst.client.attempted,
    ...ofBurst,
    longestWaitSeconds: longestMs / 1000,
    secondsToEven: secondsToEven(
      { ...timeline, measuredSeconds },
      { slot: at, atSeconds, isLate: isLate === true },
    ),
    background: sufferedBy(spell),
  };
}

function sufferedBy({ client, latency }: Spell): Suffered {
  return {
    stuck: countAbove(latency.response, stuckAboveMs * 1000),
    reset: client.reset,
    refused: client.refused,
    hung: client.timedOut,
    closed: sum(Object.entries(client.errors).map(([code, times]) => (named.has(code) ? 0 : times))),
  };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** In an interval with fewer requests a share says nothing. */
const fewestPerSlot = 4;

type Rows = Pick<TrialRecord['timeline'], 'intervalSeconds' | 'requests' | 'connections'> &
  Pick<TrialRecord, 'measuredSeconds'>;

/**
 * Seconds from the event until the slot (or every slot, where `slot` is null) was served again as before: from then on to
 * the deadline it had, in every interval of the timeline, at least half of the share that it had before the event; of a late
 * worker half of an even share. Connections count, unless they carry several requests each: then requests. 0: it never had less.
 * null: it was not so to the end, there were fewer than 4 of them per slot in an interval, or there is only one slot.
 */
export function secondsToEven(
  { intervalSeconds, requests, connections, measuredSeconds }: Rows,
  { slot, atSeconds, isLate }: { slot: number | null; atSeconds: number; isLate: boolean },
): number | null {
  const opened = sum(connections.flat());
  // Connections have their own times; requests are only known by the flush.
  const rows = opened * 2 >= sum(requests.flat()) ? connections : requests;
  if (rows.length === 1) return null; // Its share is always whole.
  const event = Math.floor(atSeconds / intervalSeconds);
  const end = Math.floor(measuredSeconds / intervalSeconds);
  const shareOf = (which: number, from: number, to: number) =>
    sum(rows[which]?.slice(from, to) ?? []) / sum(rows.flatMap((row) => row.slice(from, to)));
  const watched = rows.flatMap((_, which) =>
    slot === null || slot === which
      ? [{ which, least: (isLate ? 1 / rows.length : shareOf(which, 0, event)) / 2 }]
      : [],
  );
  const isServed = (interval: number) =>
    sum(rows.map((row) => row[interval] ?? 0)) >= fewestPerSlot * rows.length &&
    watched.every(({ which, least }) => shareOf(which, interval, interval + 1) >= least);
  let since = end;
  while (since > event && isServed(since - 1)) since -= 1;
  if (since >= end) return null;
  return since === event ? 0 : since * intervalSeconds - atSeconds;
}
