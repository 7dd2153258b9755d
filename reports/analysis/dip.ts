/**
 * Hartigans' dip: the least distance sup|F − G| of the sample's distribution function F from any unimodal one, G;
 * from 1/2n to ¼.
 *
 * G is convex below its modal interval and concave above it. From the interval that holds all values inwards: with the
 * greatest convex minorant of (xᵢ, F(xᵢ−)) and the least concave majorant of (xᵢ, F(xᵢ)) within it, it shrinks to where
 * the two are farthest apart, as long as that is farther than F is from them outside; half of that is the dip.
 *
 * Source: Hartigan & Hartigan, The dip test of unimodality, Ann. Statist. 13 (1985), 3.
 * Precondition: at least one value, all finite.
 */
export function dip(values: ArrayLike<number>): number {
  const { x, from, to } = steps(values);
  const down = to.map((height) => -height);
  let [low, high] = [0, x.length - 1];
  let farthest = 1 / values.length;
  for (;;) {
    const minorant = hull(x, from, low, high);
    const majorant = hull(x, down, low, high);
    const under = (index: number) => minorant.heights[index] as number;
    const over = (index: number) => -(majorant.heights[index] as number);
    const apart = (index: number) => over(index) - under(index);
    const widest = [...minorant.corners, ...majorant.corners].reduce((a, b) => (apart(b) > apart(a) ? b : a));
    if (apart(widest) <= farthest) break;
    const [lower, upper] = minorant.corners.includes(widest)
      ? [widest, majorant.corners.find((corner) => corner >= widest) ?? high]
      : [minorant.corners.findLast((corner) => corner <= widest) ?? low, widest];
    for (let index = low; index <= lower; index++)
      farthest = Math.max(farthest, (to[index] as number) - under(index));
    for (let index = upper; index <= high; index++)
      farthest = Math.max(farthest, over(index) - (from[index] as number));
    if (lower === low && upper === high) break;
    [low, high] = [lower, upper];
  }
  return farthest / 2;
}

/** At each distinct x, ascending, F leaps `from` F(x−) `to` F(x). */
function steps(values: ArrayLike<number>): Record<'x' | 'from' | 'to', Float64Array> {
  const sorted = Float64Array.from(values).sort();
  const leaps = [...sorted.keys()].filter((index) => sorted[index] !== sorted[index - 1]);
  return {
    x: Float64Array.from(leaps, (index) => sorted[index] as number),
    from: Float64Array.from(leaps, (index) => index / sorted.length),
    to: Float64Array.from(leaps, (_, leap) => (leaps[leap + 1] ?? sorted.length) / sorted.length),
  };
}

/** The greatest convex minorant of the points low…high: the indices of its corners, and its height at each index. */
function hull(x: Float64Array, y: Float64Array, low: number, high: number) {
  const corners: number[] = [];
  for (let index = low; index <= high; index++) {
    while (corners.length > 1 && !turnsUp(x, y, corners.at(-2) as number, corners.at(-1) as number, index))
      corners.pop();
    corners.push(index);
  }
  const heights = Float64Array.from(y);
  for (let after = 1; after < corners.length; after++) {
    const [a, b] = [corners[after - 1] as number, corners[after] as number];
    const [xa, ya] = [x[a] as number, y[a] as number];
    for (let index = a + 1; index < b; index++)
      heights[index] = ya + (((y[b] as number) - ya) * ((x[index] as number) - xa)) / ((x[b] as number) - xa);
  }
  return { corners, heights };
}

/** Whether the slope rises at b. */
function turnsUp(x: Float64Array, y: Float64Array, a: number, b: number, c: number): boolean {
  const [xb, yb] = [x[b] as number, y[b] as number];
  return (
    (yb - (y[a] as number)) * ((x[c] as number) - xb) < ((y[c] as number) - yb) * (xb - (x[a] as number))
  );
}
