import { mean, median } from 'simple-statistics';
import { normals } from './normals.js';
import { once } from './once.js';
import { drawnOnce, simulatedP } from './simulated-p.js';
import { middle } from './statistics.js';
import { alpha, type TrialSeries } from './trial-series.js';

/** A trial far from the others of its cell. It is flagged, and stays in every figure. */
export interface Outlier {
  metric: TrialSeries['metric'];
  run: number;
  modifiedZ: number;
  /** Its value ÷ the cell's median. */
  ratio: number;
}

const fewest = 6;
const limit = 3.5;

/**
 * The trials with |modified z| > 3.5 of ln value, the farthest first. Few trials scatter their MAD so much that this
 * flags a trial in one of seven healthy cells of six: what is worth a warning is for {@link outlierP} to say.
 * None of fewer than six.
 */
export function outliers({ metric, points }: TrialSeries): Outlier[] {
  if (points.length < fewest) return [];
  const logs = points.map(({ log }) => log);
  const centre = median(logs);
  return modifiedZ(logs)
    .map((z, index) => ({
      metric,
      run: points[index]?.run ?? 0,
      modifiedZ: z,
      ratio: Math.exp((logs[index] ?? 0) - centre),
    }))
    .filter((each) => Math.abs(each.modifiedZ) > limit)
    .sort((a, b) => Math.abs(b.modifiedZ) - Math.abs(a.modifiedZ));
}

/**
 * 0.6745 (x − median)/MAD, MAD the median of |x − median|; where that is 0, (x − median)/(1.2533 · their mean); 0 where
 * all are equal.
 *
 * Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993), 3.3.
 */
export function modifiedZ(values: readonly number[]): number[] {
  const { centre, spread } = modifiedScale(new Float64Array(values).sort());
  return values.map((value) => (spread > 0 ? (value - centre) / spread : 0));
}

const draws = 9999;

/**
 * P(the greatest |modified z| of `n` normal values ≥ |`z`|): (hits + 1)/(draws + 1) of 9,999 seeded samples; 1 where it exceeds
 * {@link alpha}.
 */
export function outlierP(z: number, n: number): number {
  const greatest = greatestOfNormal(n);
  return simulatedP(draws, alpha, (draw) => greatest(draw) >= Math.abs(z));
}

const greatestOfNormal = once((n: number) => {
  const normal = normals(n);
  const sample = new Float64Array(n);
  return drawnOnce(() => {
    for (let index = 0; index < n; index += 1) sample[index] = normal();
    const { spread, farthest } = modifiedScale(sample.sort());
    return farthest / spread;
  });
});

function modifiedScale(sorted: Float64Array) {
  const centre = middle(sorted);
  const deviation = (value: number) => Math.abs(value - centre);
  const spread = medianDeviation(sorted, centre) / 0.6745 || 1.2533 * mean([...sorted].map(deviation));
  return { centre, spread, farthest: Math.max(deviation(sorted[0] ?? 0), deviation(sorted.at(-1) ?? 0)) };
}

/** The median of |value − `centre`|: from both ends inwards, the farther first. */
function medianDeviation(sorted: Float64Array, centre: number): number {
  let low = 0;
  let high = sorted.length - 1;
  const farthestLeft = () => {
    const [below, above] = [centre - (sorted[low] as number), (sorted[high] as number) - centre];
    if (below > above) low += 1;
    else high -= 1;
    return Math.max(below, above);
  };
  for (let passed = 1; passed < sorted.length / 2; passed += 1) farthestLeft();
  const upper = farthestLeft();
  return sorted.length % 2 === 0 ? (upper + farthestLeft()) / 2 : upper;
}
