import type { LatencySummary } from '../analysis/latency.js';
import { type CellSummary, latencyKinds } from '../analysis/summary.js';
import { latencyName } from './words.js';

/** What a cell's table of latencies has, a row each. */
export function latencyRows({ latency, handOff }: CellSummary): { name: string; latency: LatencySummary }[] {
  const rows = latencyKinds.flatMap((kind) => {
    const found = latency[kind];
    return found ? [{ name: latencyName[kind], latency: found }] : [];
  });
  return handOff === undefined ? rows : [...rows, { name: 'hand-off', latency: handOff.latency }];
}
