import type { Fairness } from '../analysis/fairness-summary.js';
import type { SequenceSummary } from '../analysis/sequence-summary.js';
import type { Spread } from '../analysis/statistics.js';
import type { CellSummary } from '../analysis/summary.js';
import {
  excess,
  integer,
  jain,
  microseconds,
  percent,
  plural,
  probability,
  ratio,
  significant,
} from './format.js';
import { type Colors, verdictPaint } from './palette.js';
import { exchangeNoun, verdictSentence, verdictWord } from './words.js';

/** How evenly the connections fell, in words and beside chance: medians over the valid trials. */
export function fairnessPhrases(summary: CellSummary, colors: Colors): string[] {
  return [...evennessPhrases(summary, colors), ...indexPhrases(summary)];
}

/** In words alone. */
export function evennessPhrases({ fairness, validTrials }: CellSummary, colors: Colors): string[] {
  const { connections } = fairness;
  const { workers, idleWorkers, effectiveWorkers, maxOverMean } = connections;
  if (!workers || !effectiveWorkers || !maxOverMean) return ['no connections'];
  if (workers.median === 1) return ['one worker: nothing to share'];
  return [
    `${significant(effectiveWorkers.median)} of ${integer(workers.median)} workers’ worth of work`,
    `the busiest took ${percent(maxOverMean.median / workers.median, 0)}`,
    ...(idleWorkers && idleWorkers.median > 0 ? [`${integer(idleWorkers.median)} idle`] : []),
    ...verdictPhrase(connections, validTrials, colors),
  ];
}

function indexPhrases({ cell, fairness: { connections } }: CellSummary): string[] {
  const { workers, chiSquarePerDf, randomFloor } = connections;
  if (!connections.jain || !workers || workers.median === 1) return [];
  const { median, min, max } = connections.jain;
  const beside = [
    ...(max - min >= 0.01 ? [`${jain(min)}–${jain(max)}`] : []),
    ...(randomFloor.jain ? [`fair draws above ${jain(randomFloor.jain.median)}`] : []),
  ].join('; ');
  return [
    `Jain ${jain(median)}${beside && ` (${beside})`}`,
    ...(chiSquarePerDf ? [`χ²/df ${ratio(chiSquarePerDf.median)}`] : []),
    ...(cell.policy === 'weighted' ? ['all against equal shares, which weights are not to give'] : []),
  ];
}

/** The commonest verdict, with the median p of its tail. */
function verdictPhrase(fairness: Fairness, trials: number, colors: Colors): string[] {
  const { verdict, verdicts, total, pUpper, pLower } = fairness;
  const p = verdict === 'more-even' ? pLower : pUpper;
  if (!verdict || !total || !p) return [];
  const draw = `a fair draw of ${integer(total.median)}`;
  const often = verdicts[verdict] === trials ? '' : ` in ${verdicts[verdict]} of ${plural(trials, 'trial')}`;
  const words = verdictSentence[verdict](draw, often);
  return [`${verdictPaint(colors, verdict)(words)} (p ${probability(p.median)})`];
}

/** How far the busiest worker was above the mean, and what theory expects for as many workers and connections. */
export function theoryPhrases({ fairness: { theory } }: CellSummary): string[] {
  if (!theory) return [];
  const above = ({ median }: Spread) => `+${excess(median - 1)}`;
  return [
    `busiest ${above(theory.seen)}`,
    `strict ${above(theory.roundRobin)}, two choices ${above(theory.twoChoices)}, random ${above(theory.random)}`,
  ];
}

/** How evenly the connections lay that were open. */
export function activePhrases({ fairness: { active } }: CellSummary): string[] {
  return active
    ? [
        `${significant(active.open.median)} open connections`,
        `Jain ${jain(active.jain.median)} (${jain(active.expectedJain.median)} by chance)`,
      ]
    : [];
}

export function sequencePhrases({ sequence, validTrials }: CellSummary): string[] {
  if (!sequence?.repeatShare || !sequence.pRepeats) return [];
  const { repeatShare, expectedRepeatShare, pRepeats, meanRun, longestRun, windowedJain } = sequence;
  const chance = expectedRepeatShare ? `${percent(expectedRepeatShare.median)} by chance, ` : '';
  return [
    `repeats ${percent(repeatShare.median)} (${chance}p ${probability(pRepeats.median)})`,
    ...(meanRun && longestRun
      ? [`mean run ${ratio(meanRun.median)}, max ${integer(longestRun.median)}`]
      : []),
    ...(windowedJain.mean && windowedJain.expected
      ? [
          `windowed Jain ${ratio(windowedJain.mean.median)} (${ratio(windowedJain.expected.median)} by chance)`,
        ]
      : []),
    ...servedAllPhrase(sequence, validTrials),
  ];
}

function servedAllPhrase({ acceptsToServeAll, neverServedAll }: SequenceSummary, trials: number): string[] {
  const { seen, expected } = acceptsToServeAll;
  const never =
    neverServedAll > 0 ? [`not all served in ${neverServedAll} of ${plural(trials, 'trial')}`] : [];
  if (!seen || !expected) return never;
  const accepts = significant(seen.median).replace(/\.0+$/, '');
  return [`all served within ${accepts} accepts (${significant(expected.median)} by chance)`, ...never];
}

/** Where a connection is one request, the requests say what the connections do. */
export function requestPhrases({ fairness, throughput }: CellSummary): string[] {
  const { requests } = fairness;
  if (!requests || throughput.unit !== 'requests/s') return [];
  const { verdict } = requests;
  const p = verdict === 'more-even' ? requests.pLower : requests.pUpper;
  const chance =
    verdict && p ? [`${verdictWord[verdict]} for connections kept whole (p ${probability(p.median)})`] : [];
  return [...unevenness(requests), ...chance];
}

export function throughputPhrases({ throughput, validTrials }: CellSummary, colors: Colors): string[] {
  const { median, low, high, unit } = throughput;
  if (median === null) return ['nothing completed'];
  const interval =
    low !== null && high !== null ? `95 % interval ${significant(low)} to ${significant(high)}` : '';
  const over = validTrials > 1 ? [`median of ${plural(validTrials, 'trial')}`] : ['one trial'];
  return [`${colors.bold(significant(median))} ${unit}`, ...(interval ? [interval] : over)];
}

export function cpuPhrases(summary: CellSummary): string[] {
  const { cpuPerExchange, fairness } = summary;
  return [
    ...(cpuPerExchange ? [`${microseconds(cpuPerExchange.median)} per ${exchangeNoun(summary)}`] : []),
    ...unevenness(fairness.cpu),
  ];
}

function unevenness({ jain: index, maxOverMean, workers }: Fairness): string[] {
  if (!index || !maxOverMean || workers?.median === 1) return [];
  return [`Jain ${jain(index.median)}`, `busiest worker ${ratio(maxOverMean.median)} × mean`];
}
