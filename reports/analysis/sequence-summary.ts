import type { SequenceCounts, TrialRecord } from '../../harness/record.js';
import { type SequenceFigures, sequence, type TrialSequence } from './sequence.js';
import { type Spread, spread } from './statistics.js';

export interface SequenceSummary extends SequenceFigures<Spread | null> {
  source: SequenceCounts['source'];
  /** In so many trials whose order is known it was not seen that every slot had an accept. */
  neverServedAll: number;
}

/** Every number a spread over the trials that have a sequence; undefined when none has. */
export function summarizeSequences(trials: readonly TrialRecord[]): SequenceSummary | undefined {
  const sequences = trials.flatMap(({ sequence: counts, cell, acceptOrder }) =>
    counts ? [sequence(counts, cell.workers, acceptOrder)] : [],
  );
  const [first] = sequences;
  if (!first) return undefined;
  const over = (figure: (trial: TrialSequence) => number | null) => spread(sequences.map(figure));
  return {
    source: first.source,
    accepted: over((trial) => trial.accepted),
    repeats: over((trial) => trial.repeats),
    repeatShare: over((trial) => trial.repeatShare),
    expectedRepeatShare: over((trial) => trial.expectedRepeatShare),
    pRepeats: over((trial) => trial.pRepeats),
    meanRun: over((trial) => trial.meanRun),
    longestRun: over((trial) => trial.longestRun),
    windowedJain: {
      window: over((trial) => trial.windowedJain.window),
      mean: over((trial) => trial.windowedJain.mean),
      expected: over((trial) => trial.windowedJain.expected),
    },
    acceptsToServeAll: {
      seen: over((trial) => trial.acceptsToServeAll.seen),
      expected: over((trial) => trial.acceptsToServeAll.expected),
    },
    neverServedAll: trials.filter(
      ({ acceptOrder }, index) => acceptOrder && sequences[index]?.acceptsToServeAll.seen === null,
    ).length,
  };
}
