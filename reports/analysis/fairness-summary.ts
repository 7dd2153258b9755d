import { type FairnessFigures, fairness, indices, type TrialFairness, type Verdict } from './fairness.js';
import { requestFairness } from './request-fairness.js';
import { type Spread, spread } from './statistics.js';

/** A cell's fairness: every number a spread over its valid trials, null where none of them has it. */
export interface Fairness extends FairnessFigures<Spread | null> {
  /** The commonest, the more cautious one at a tie: skewed before random-like before more-even. */
  verdict: Verdict | null;
  verdicts: Partial<Record<Verdict, number>>;
}

/** Per trial, never pooled by slot: under `shared` the busy worker changes from trial to trial. */
export function summarizeCounts(countsOfTrials: readonly number[][]): Fairness {
  return summarizeFairness(countsOfTrials.map(fairness));
}

/** One entry per trial: connections and requests of each slot. */
export function summarizeRequests(
  trials: readonly { connections: number[]; requests: number[] }[],
): Fairness {
  return summarizeFairness(trials.map(({ connections, requests }) => requestFairness(connections, requests)));
}

export function summarizeAmounts(amountsOfTrials: readonly number[][]): Fairness {
  return summarizeFairness(amountsOfTrials.map(indices));
}

function summarizeFairness(trials: readonly TrialFairness[]): Fairness {
  const over = (figure: (trial: TrialFairness) => number | null) => spread(trials.map(figure));
  const verdicts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of trials) if (verdict) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  return {
    workers: over((trial) => trial.workers),
    total: over((trial) => trial.total),
    jain: over((trial) => trial.jain),
    effectiveWorkers: over((trial) => trial.effectiveWorkers),
    coefficientOfVariation: over((trial) => trial.coefficientOfVariation),
    gini: over((trial) => trial.gini),
    theil: over((trial) => trial.theil),
    maxOverMean: over((trial) => trial.maxOverMean),
    idleWorkers: over((trial) => trial.idleWorkers),
    chiSquare: over((trial) => trial.chiSquare),
    degreesOfFreedom: over((trial) => trial.degreesOfFreedom),
    chiSquarePerDf: over((trial) => trial.chiSquarePerDf),
    pUpper: over((trial) => trial.pUpper),
    pLower: over((trial) => trial.pLower),
    randomFloor: {
      jain: over((trial) => trial.randomFloor.jain),
      maxOverMean: over((trial) => trial.randomFloor.maxOverMean),
    },
    verdict: commonest(verdicts),
    verdicts,
  };
}

const cautiousFirst: Verdict[] = ['skewed', 'random-like', 'more-even'];

function commonest(verdicts: Partial<Record<Verdict, number>>): Verdict | null {
  const most = Math.max(0, ...Object.values(verdicts));
  return cautiousFirst.find((verdict) => most > 0 && verdicts[verdict] === most) ?? null;
}
