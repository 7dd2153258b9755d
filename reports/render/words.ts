import type { Verdict } from '../analysis/fairness.js';
import type { CellSummary, LatencyKind } from '../analysis/summary.js';

export const verdictSentence: Record<Verdict, string> = {
  'more-even': 'more even than random',
  'random-like': 'as even as a random draw',
  skewed: 'skewed: more uneven than random',
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
