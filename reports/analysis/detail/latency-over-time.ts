import type { Timeline } from '../../../harness/record.js';
import { distributionOf } from '../latency.js';

/** How many answers came when (columns) and after how long (rows, the quickest first). */
export interface LatencyOverTime {
  columnSeconds: number;
  /** Bounds of the rows in µs, one more than there are rows. */
  boundsUs: number[];
  /** `[column][row]`. */
  counts: number[][];
}

const mostColumns = 48;
const mostRows = 14;
const fewestColumns = 3;
/** Parts of a factor of ten. */
const rowsPerDecade = [12, 6, 4, 3, 2, 1];

/** Null with fewer than 3 intervals: the percentiles tell all there is. */
export function latencyOverTime({ response, responseIntervalSeconds }: Timeline): LatencyOverTime | null {
  const intervals = response.map((hdr) => (hdr === '' ? [] : (distributionOf([hdr])?.values() ?? [])));
  const values = intervals.flat().map(({ us }) => us);
  if (intervals.length < fewestColumns || values.length === 0) return null;
  const step = Math.ceil(intervals.length / mostColumns);
  const boundsUs = rowBounds(values.reduce(least), values.reduce(greatest));
  const counts = Array.from({ length: Math.ceil(intervals.length / step) }, (_, column) => {
    const rows = new Array<number>(boundsUs.length - 1).fill(0);
    for (const { us, times } of intervals.slice(column * step, (column + 1) * step).flat()) {
      const row = rowOf(us, boundsUs);
      rows[row] = (rows[row] ?? 0) + times;
    }
    return rows;
  });
  return { columnSeconds: step * responseIntervalSeconds, boundsUs, counts };
}

/** Equal factors, the finest that make few enough rows. */
function rowBounds(low: number, high: number): number[] {
  const [from, to] = [Math.log10(Math.max(1, low)), Math.log10(Math.max(1, high) + 1)];
  const parts = rowsPerDecade.find((each) => rows(from, to, each) <= mostRows) ?? 1;
  const first = Math.floor(from * parts);
  return Array.from({ length: rows(from, to, parts) + 1 }, (_, index) => 10 ** ((first + index) / parts));
}

function rows(from: number, to: number, parts: number): number {
  return Math.max(1, Math.ceil(to * parts) - Math.floor(from * parts));
}

function rowOf(us: number, boundsUs: readonly number[]): number {
  const above = boundsUs.findIndex((bound) => bound > us);
  return Math.min(boundsUs.length - 2, Math.max(0, (above < 0 ? boundsUs.length : above) - 1));
}

const least = (a: number, b: number) => Math.min(a, b);
const greatest = (a: number, b: number) => Math.max(a, b);
