const sampled = 500;

/**
 * The value that `rank` others would stand before, were they sorted. Only those that may be it are: at least as high as one that
 * stands a little lower in a sample. Simulations ask this of thousands of values, twice for each trial.
 *
 * Precondition: no NaN, more values than `rank`.
 */
export function withRank(values: Float64Array, rank: number): number {
  const sample = new Float64Array(Math.min(sampled, values.length));
  for (let nth = 0; nth < sample.length; nth += 1)
    sample[nth] = values[Math.floor((nth * values.length) / sample.length)] as number;
  sample.sort();
  const expected = (rank / values.length) * sample.length;
  const deviations = 4 * Math.sqrt(expected * (1 - rank / values.length));
  const least = sample[Math.max(0, Math.floor(expected - deviations))] as number;
  const high: number[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (value >= least) high.push(value);
  }
  const lower = values.length - high.length;
  return lower <= rank
    ? (new Float64Array(high).sort()[rank - lower] as number)
    : (values.toSorted()[rank] as number);
}
