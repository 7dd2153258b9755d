import type { TrialRecord } from '../../harness/record.js';
import { type Spread, spread } from './statistics.js';

/** Over the valid trials of a cell, what the clients suffered that came while something was done to the server. */
export interface ScenarioSummary {
  name: string;
  /** Clients that came at once. */
  burst: Spread;
  stuck: Spread;
  reset: Spread;
  refused: Spread;
  hung: Spread;
  closed: Spread;
  longestWaitSeconds: Spread;
  /** Of the trials in which it was even again at all; null where it was in none. */
  secondsToEven: Spread | null;
  /** In so many trials it was not, by the end of the window. */
  neverEven: number;
  /** Clients of the load beside it, whatever they suffered. */
  background: Spread;
}

export function summarizeScenario(valid: readonly TrialRecord[]): ScenarioSummary | undefined {
  const all = valid.flatMap(({ scenario }) => scenario ?? []);
  const [first] = all;
  if (first === undefined) return undefined;
  const of = (value: (each: (typeof all)[number]) => number) => spread(all.map(value)) as Spread;
  return {
    name: first.name,
    burst: of(({ burst }) => burst),
    stuck: of(({ stuck }) => stuck),
    reset: of(({ reset }) => reset),
    refused: of(({ refused }) => refused),
    hung: of(({ hung }) => hung),
    closed: of(({ closed }) => closed),
    longestWaitSeconds: of(({ longestWaitSeconds }) => longestWaitSeconds),
    secondsToEven: spread(all.map(({ secondsToEven }) => secondsToEven)),
    neverEven: all.filter(({ secondsToEven }) => secondsToEven === null).length,
    background: of(({ background }) => Object.values(background).reduce((sum, count) => sum + count, 0)),
  };
}
