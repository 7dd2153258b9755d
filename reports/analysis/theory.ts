import { indices } from './fairness.js';
import { type ExpectedMaxOverMean, expectedMaxOverMean } from './max-over-mean.js';
import { type Spread, spread } from './statistics.js';

/** The busiest slot's connections over the mean, between what theory expects for this k and N. */
export interface TheoryFigures<Figure> extends Record<keyof ExpectedMaxOverMean, Figure> {
  seen: Figure;
  /** (seen − round robin) ÷ (random − round robin): 0 as strict round robin, 1 as a random draw, more = worse. */
  position: Figure;
}

/** Undefined for one worker, and for fewer than two connections: every way of giving out one is the same. */
export function theory(connections: readonly number[]): TheoryFigures<number> | undefined {
  const { workers, total, maxOverMean } = indices(connections);
  if (workers < 2 || total < 2 || maxOverMean === null) return undefined;
  const expected = expectedMaxOverMean(workers, total);
  const { roundRobin, random } = expected;
  return { ...expected, seen: maxOverMean, position: (maxOverMean - roundRobin) / (random - roundRobin) };
}

/** Over the trials that have it, of whose connections it is given those of each slot; undefined when none has. */
export function summarizeTheory(connectionsOfTrials: readonly number[][]): TheoryFigures<Spread> | undefined {
  const trials = connectionsOfTrials.flatMap((connections) => theory(connections) ?? []);
  if (trials.length === 0) return undefined;
  const over = (figure: keyof TheoryFigures<number>) =>
    spread(trials.map((trial) => trial[figure])) as Spread;
  return {
    seen: over('seen'),
    roundRobin: over('roundRobin'),
    twoChoices: over('twoChoices'),
    random: over('random'),
    position: over('position'),
  };
}
