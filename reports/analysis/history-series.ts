import { median } from 'simple-statistics';
import { fewestValues, findChangePoints } from './change-points.js';
import { type Boundary, boundariesBetween } from './circumstances.js';
import { type HistoryMetric, historyMetrics, type MetricName } from './history-metrics.js';
import type { Facts, HistoryCell, HistoryRun } from './history-run.js';

/** One figure of one cell over the runs. */
export interface Series {
  metric: MetricName;
  unit: 'connections/s' | 'requests/s' | 'us' | null;
  /** What `cpu` is reckoned per. */
  exchange: 'connection' | 'request';
  /** By run, from 1; without the gaps of the cell. */
  points: { run: number; value: number }[];
  /** Runs that are no gap of the cell, and have no such figure all the same. */
  unmeasured: number[];
  /** Whether there are points enough to find a change. */
  enough: boolean;
  changes: Change[];
}

export interface Change {
  /** The first run after it. */
  run: number;
  file: string;
  startedAt: string;
  facts: Facts;
  /** Medians of the points since the change before, and until the next. */
  from: number;
  to: number;
  /** `to` ÷ `from`. */
  ratio: number;
  isWorse: boolean;
  p: number;
  /** What became another at the change, or one point beside it: its place is no more certain than that. */
  coincides: Boundary[];
}

/** No valid trial, or more than half of them not valid: such a run has no figure. */
export function isInvalid({ trials, validTrials }: HistoryCell): boolean {
  return validTrials === 0 || validTrials < trials / 2;
}

/** Change points are those of the logarithms: the same in every unit, and a factor counts alike at every level. */
export function seriesOf(
  metric: MetricName,
  overRuns: readonly (HistoryCell | undefined)[],
  runs: readonly HistoryRun[],
  seed: number,
): Series {
  const points: Series['points'] = [];
  const unmeasured: number[] = [];
  overRuns.forEach((found, index) => {
    if (found === undefined || isInvalid(found)) return;
    const value = found.values[metric] ?? 0;
    if (value > 0) points.push({ run: index + 1, value });
    else unmeasured.push(index + 1);
  });
  const unit = overRuns.find((found) => found !== undefined)?.throughputUnit ?? 'requests/s';
  const logarithms = points.map(({ value }) => Math.log(value));
  const found = findChangePoints(logarithms, seed);
  const bounds = [0, ...found.map(({ at }) => at), points.length];
  const level = (segment: number) =>
    median(points.slice(bounds[segment], bounds[segment + 1]).map(({ value }) => value));
  const factsAt = (point: number): Facts => {
    const index = (points[point]?.run ?? 0) - 1;
    const node = overRuns[index]?.nodeVersion;
    return { ...runs[index]?.facts, ...(node !== undefined && { node }) };
  };
  return {
    metric,
    unit: metric === 'throughput' ? unit : metric === 'jain' ? null : 'us',
    exchange: unit === 'connections/s' ? 'connection' : 'request',
    points,
    unmeasured,
    enough: points.length >= fewestValues,
    changes: found.map(({ at, p }, index) => {
      const [from, to] = [level(index), level(index + 1)];
      const run = points[at]?.run ?? 0;
      const { file = '', startedAt = '' } = runs[run - 1] ?? {};
      const { better }: HistoryMetric = historyMetrics[metric];
      const beside = [at - 1, at, at + 1].filter((point) => point > 0 && point < points.length);
      return {
        run,
        file,
        startedAt,
        facts: factsAt(at),
        from,
        to,
        ratio: to / from,
        isWorse: better === 'higher' ? to < from : to > from,
        p,
        coincides: beside.flatMap((point) =>
          boundariesBetween(factsAt(point - 1), factsAt(point), points[point]?.run ?? 0),
        ),
      };
    }),
  };
}
