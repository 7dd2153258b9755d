import { fairness, indices, type TrialFairness, verdictOf } from './fairness.js';
import { once } from './once.js';
import { weightedDraw } from './weighted-draw.js';

/**
 * How evenly `requests` fell on the workers, beside what chance does to whole connections: a connection's requests stay
 * together, so the null throws connections, not requests. χ² is null.
 *
 * The record has no requests per connection: each connection of a slot gets the slot's mean. That is exact where all
 * carry alike (a closed loop of equal connections, so many requests per connection), and then p and verdict are those
 * of the connections. It leaves out how they differ within a slot, which makes a fair draw look a little evener than it
 * is. And it takes what a connection carries as its own: in a closed loop a crowded worker answers each of its
 * connections less often, which is why requests are often more even than this null.
 *
 * Indices alone for k < 2, for no requests, for requests in a slot without connections, and where
 * {@link weightedDraw} is undefined.
 *
 * Precondition: whole numbers ≥ 0, one of each per slot. Throws RangeError otherwise.
 */
export function requestFairness(connections: readonly number[], requests: readonly number[]): TrialFairness {
  return reckoned(connections.length, ...connections, ...requests);
}

/** Once for each trial: it is asked for by the summary in the record, by the report, and by thresholds. */
const reckoned = once((slots: number, ...amounts: number[]): TrialFairness => {
  const [connections, requests] = [amounts.slice(0, slots), amounts.slice(slots)];
  const figures = indices(requests);
  const { workers, total } = figures;
  const opened = connections.reduce((sum, count) => sum + count, 0);
  const each = requests.map((amount, slot) => ({ amount, count: connections[slot] ?? 0 }));
  if (workers < 2 || total === 0 || each.some(({ amount, count }) => amount > 0 && count === 0))
    return figures;
  if (each.every(({ amount, count }) => amount * opened === count * total)) {
    const { pUpper, pLower, randomFloor, verdict } = fairness(connections);
    return { ...figures, pUpper, pLower, randomFloor, verdict };
  }
  const carrying = each.filter(({ amount }) => amount > 0);
  const draw = weightedDraw(
    workers,
    carrying.map(({ amount, count }) => ({ count, weight: amount / count })),
  );
  if (draw === undefined) return figures;
  const tails = draw.tails(requests.reduce((sum, amount) => sum + amount ** 2, 0));
  return {
    ...figures,
    pUpper: tails.upper,
    pLower: tails.lower,
    randomFloor: draw.floor,
    verdict: verdictOf(tails),
  };
});
