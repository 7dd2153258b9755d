import type { Verdict } from '../analysis/fairness.js';
import type { LatencyKind } from '../analysis/latency-summary.js';
import type { CellSummary } from '../analysis/summary.js';
import type { TypicalTrial } from '../analysis/typical-trial.js';

/** `draw`: a fair draw of so many connections; `often`: ` in 5 of 6 trials`, or nothing where in all. */
export const verdictSentence: Record<Verdict, (draw: string, often?: string) => string> = {
  'more-even': (draw, often = '') => `more even than ${draw}${often}`,
  'random-like': (draw, often = '') => `as even as ${draw}${often}`,
  skewed: (draw, often = '') => `skewed${often}: ${draw} would not do this`,
};

export const verdictWord: Record<Verdict, string> = {
  'more-even': 'more even',
  'random-like': 'random-like',
  skewed: 'skewed',
};

export const latencyName: Record<LatencyKind, string> = {
  connect: 'connect',
  firstByte: 'first byte',
  response: 'response',
  service: 'service',
};

export function exchangeNoun({ throughput }: CellSummary): 'connection' | 'request' {
  return throughput.unit === 'connections/s' ? 'connection' : 'request';
}

export function typicalWords({ run }: TypicalTrial, runs: number): string {
  return `trial ${run} of ${runs} (median Jain)`;
}
