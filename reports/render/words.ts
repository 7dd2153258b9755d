import type { Verdict } from '../analysis/fairness.js';
import type { CellSummary, LatencyKind } from '../analysis/summary.js';

/** `draw`: a fair draw of so many connections. */
export const verdictSentence: Record<Verdict, (draw: string) => string> = {
  'more-even': (draw) => `more even than ${draw}`,
  'random-like': (draw) => `as even as ${draw}`,
  skewed: (draw) => `skewed: ${draw} would not do this`,
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
