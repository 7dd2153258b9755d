import { medianInterval } from '../../reports/analysis/statistics.js';

/**
 * Measure `a` and `b` in pairs, the order within each pair alternating in an ABBA pattern, and return each pair's a ÷ b.
 */
export async function pairedRatios(
  pairs: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<number[]> {
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const aFirst = pair % 2 === 0;
    const first = await (aFirst ? a : b)();
    const second = await (aFirst ? b : a)();
    ratios.push(aFirst ? first / second : second / first);
  }
  return ratios;
}

/** `0.994 [0.981, 1.003], from 0.95 to 1.04, 15 pairs`: the median, its 95 % interval, and the spread. */
export function describeRatios(ratios: readonly number[]): string {
  const { median, low, high } = medianInterval(ratios);
  const digits = (value: number | null) => (value === null ? '–' : value.toFixed(3));
  const spread = `from ${digits(Math.min(...ratios))} to ${digits(Math.max(...ratios))}`;
  return `${digits(median)} [${digits(low)}, ${digits(high)}], ${spread}, ${ratios.length} pairs`;
}

export function median(values: readonly number[]): number {
  return medianInterval(values).median ?? Number.NaN;
}
