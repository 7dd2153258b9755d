import type { Fairness } from '../analysis/fairness-summary.js';
import type { CellSummary } from '../analysis/summary.js';
import { integer, jain, microseconds, percent, plural, probability, ratio, significant } from './format.js';
import { type Colors, verdictPaint } from './palette.js';
import { exchangeNoun, verdictSentence } from './words.js';

/** How evenly the connections fell, beside chance: medians over the valid trials. */
export function fairnessPhrases({ fairness, validTrials }: CellSummary, colors: Colors): string[] {
  const { connections } = fairness;
  if (!connections.jain) return ['no connections'];
  const { workers, idleWorkers, effectiveWorkers, chiSquarePerDf, randomFloor } = connections;
  if (workers?.median === 1) return ['one worker: nothing to share'];
  const range =
    connections.jain.max - connections.jain.min >= 0.01
      ? [
          `Jain from ${jain(connections.jain.min)} to ${jain(connections.jain.max)} over ${plural(validTrials, 'trial')}`,
        ]
      : [];
  return [
    `Jain ${jain(connections.jain.median)}${
      randomFloor.jain ? ` (a fair draw stays above ${jain(randomFloor.jain.median)})` : ''
    }`,
    ...(chiSquarePerDf ? [`χ²/df ${ratio(chiSquarePerDf.median)}`] : []),
    ...verdictPhrase(connections, validTrials, colors),
    ...(effectiveWorkers && workers
      ? [`effective workers ${significant(effectiveWorkers.median)} of ${integer(workers.median)}`]
      : []),
    ...(idleWorkers && idleWorkers.median > 0 ? [`${integer(idleWorkers.median)} idle`] : []),
    ...range,
  ];
}

function verdictPhrase(
  { verdict, verdicts, pUpper, pLower }: Fairness,
  trials: number,
  colors: Colors,
): string[] {
  if (!verdict) return [];
  const tail = verdict === 'skewed' ? pUpper : verdict === 'more-even' ? pLower : null;
  const p = tail ? ` (p ${probability(tail.median)})` : '';
  const count = verdicts[verdict] === trials ? '' : ` in ${verdicts[verdict]} of ${plural(trials, 'trial')}`;
  return [`${verdictPaint(colors, verdict)(verdictSentence[verdict])}${count}${p}`];
}

export function sequencePhrases({ sequence }: CellSummary): string[] {
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
  ];
}

/** Where a connection is one request, the requests say what the connections do. */
export function requestPhrases({ fairness, throughput }: CellSummary): string[] {
  return fairness.requests && throughput.unit === 'requests/s' ? unevenness(fairness.requests) : [];
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
