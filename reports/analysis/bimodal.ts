import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { mean, sumNthPowerDeviations } from 'simple-statistics';
import { dip } from './dip.js';
import { once } from './once.js';
import { drawnOnce, simulatedP } from './simulated-p.js';
import { alpha, type TrialSeries } from './trial-series.js';

export interface Bimodal {
  /** Reckoned when it is asked for; 1 where it exceeds {@link alpha}. */
  readonly p: number;
  /** The two groups, in which ln value varies least: how many trials, about which value. */
  low: Group;
  high: Group;
}

interface Group {
  trials: number;
  value: number;
}

const draws = 1999;

/**
 * Whether the values fall into two groups: the {@link dip} of ln value against that of as many uniform ones, the hardest
 * unimodal case, p = (hits + 1)/(draws + 1) of 1,999 seeded samples. A drift or a long tail does not make it small.
 *
 * Undefined for fewer than ten values, where even two points have no small p.
 */
export function bimodal({ points }: TrialSeries): Bimodal | undefined {
  if (points.length < 10) return undefined;
  const logs = points.map(({ log }) => log).sort((a, b) => a - b);
  const [low, high] = splitInTwo(logs);
  return {
    low: group(low),
    high: group(high),
    get p() {
      const seen = dip(logs) - 1e-12;
      const dipOf = dipsOfUniform(logs.length);
      return simulatedP(draws, alpha, (draw) => dipOf(draw) >= seen);
    },
  };
}

const dipsOfUniform = once((n: number) => {
  const random = xoroshiro128plus(n);
  return drawnOnce(() => dip(new Float64Array(n).map(() => uniformFloat64(random))));
});

/** Of ascending values, the two parts with the least sum of squares about their means. */
function splitInTwo(sorted: readonly number[]): [number[], number[]] {
  const splits = sorted
    .slice(1)
    .map((_, index) => [sorted.slice(0, index + 1), sorted.slice(index + 1)] as const);
  const within = ([low, high]: (typeof splits)[number]) =>
    sumNthPowerDeviations([...low], 2) + sumNthPowerDeviations([...high], 2);
  const [low = [], high = []] = splits.reduce((a, b) => (within(b) < within(a) ? b : a));
  return [[...low], [...high]];
}

function group(logs: readonly number[]): Group {
  return { trials: logs.length, value: Math.exp(mean([...logs])) };
}
