const buckets = 1024;

/**
 * The value that `rank` others would stand before, were they sorted. Only a bucket of them is: simulations ask this of ten
 * thousand values, twice for each trial. Plain loops, for the same reason.
 *
 * Precondition: finite values, more of them than `rank`.
 */
export function withRank(values: Float64Array, rank: number): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const scale = most > least ? (buckets - 1) / (most - least) : 0;
  const bucketOf = (index: number) => Math.floor(((values[index] as number) - least) * scale);
  const counts = new Uint32Array(buckets);
  for (let index = 0; index < values.length; index += 1) {
    const bucket = bucketOf(index);
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  let [wanted, before] = [0, 0];
  while (before + (counts[wanted] as number) <= rank) before += counts[wanted++] as number;
  const within: number[] = [];
  for (let index = 0; index < values.length; index += 1)
    if (bucketOf(index) === wanted) within.push(values[index] as number);
  return within.sort((a, b) => a - b)[rank - before] as number;
}
