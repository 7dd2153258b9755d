import type { RunRecord } from '../../harness/record.js';
import { groupByCell } from '../analysis/cells.js';
import { describeRun } from '../analysis/describe.js';
import { mergeHistograms } from '../analysis/latency.js';
import { latencyKinds } from '../analysis/summary.js';
import type { Part } from './formats/format.js';

/** As HdrHistogram's own tools have it. */
const ticksPerHalfDistance = 5;
/** Of the record's µs. */
const perMillisecond = 1000;

/**
 * Percentile distributions in the text of HdrHistogram's `outputPercentileDistribution`, in ms: of every cell and each kind of
 * latency that it has, all valid trials together. The plotter lays several of them over each other.
 */
export function renderHgrm(run: RunRecord): Part[] {
  const { cells } = describeRun(run);
  return groupByCell(run.trials, run.plan).flatMap(({ trials }, index) =>
    latencyKinds.flatMap((kind) => {
      const histograms = trials.filter(({ valid }) => valid).flatMap(({ latency }) => latency[kind] ?? []);
      const merged = mergeHistograms(histograms);
      if (merged === null) return [];
      const text = merged.outputPercentileDistribution(ticksPerHalfDistance, perMillisecond);
      return [{ name: `${cells[index]?.label}.${kind}`, text }];
    }),
  );
}
