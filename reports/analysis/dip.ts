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
export function dip(values: readonly number[]): number {
  const points = steps(values);
  let [low, high] = [0, points.length - 1];
  let farthest = 1 / values.length;
  for (;;) {
    const minorant = hull(points, low, high, ({ x, from }) => ({ x, y: from }));
    const majorant = hull(points, low, high, ({ x, to }) => ({ x, y: -to }));
    const apart = (index: number) => -majorant.at(index) - minorant.at(index);
    const widest = [...minorant.corners, ...majorant.corners].reduce((a, b) => (apart(b) > apart(a) ? b : a));
    if (apart(widest) <= farthest) break;
    const [lower, upper] = minorant.corners.includes(widest)
      ? [widest, majorant.corners.find((corner) => corner >= widest) ?? high]
      : [minorant.corners.findLast((corner) => corner <= widest) ?? low, widest];
    for (let index = low; index <= lower; index++)
      farthest = Math.max(farthest, (points[index] as Step).to - minorant.at(index));
    for (let index = upper; index <= high; index++)
      farthest = Math.max(farthest, -majorant.at(index) - (points[index] as Step).from);
    if (lower === low && upper === high) break;
    [low, high] = [lower, upper];
  }
  return farthest / 2;
}

/** F leaps at `x` `from` F(x−) `to` F(x). */
interface Step {
  x: number;
  from: number;
  to: number;
}

function steps(values: readonly number[]): Step[] {
  const found: Step[] = [];
  values
    .toSorted((a, b) => a - b)
    .forEach((x, index) => {
      const before = found.at(-1);
      const to = (index + 1) / values.length;
      if (before?.x === x) before.to = to;
      else found.push({ x, from: index / values.length, to });
    });
  return found;
}

interface Point {
  x: number;
  y: number;
}

/** The greatest convex minorant of points low…high: the indices of its corners, and its height at an index. */
function hull(steps: readonly Step[], low: number, high: number, point: (step: Step) => Point) {
  const points = steps.map(point);
  const at = (index: number) => points[index] as Point;
  const corners: number[] = [];
  for (let index = low; index <= high; index++) {
    while (
      corners.length > 1 &&
      !turnsUp(at(corners.at(-2) as number), at(corners.at(-1) as number), at(index))
    )
      corners.pop();
    corners.push(index);
  }
  const height = (index: number) => {
    const after = corners.findIndex((corner) => corner >= index);
    const [a, b] = [at(corners[Math.max(0, after - 1)] as number), at(corners[after] as number)];
    return corners[after] === index ? b.y : a.y + ((b.y - a.y) * (at(index).x - a.x)) / (b.x - a.x);
  };
  return { corners, at: height };
}

/** Whether the slope rises at `b`. */
function turnsUp(a: Point, b: Point, c: Point): boolean {
  return (b.y - a.y) * (c.x - b.x) < (c.y - b.y) * (b.x - a.x);
}
