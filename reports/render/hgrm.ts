import type { RunRecord } from '../../harness/record.js';
import { describeRun } from '../analysis/describe.js';
import { latencyKinds } from '../analysis/latency-summary.js';
import { mergedCells } from '../analysis/merged-cells.js';
import { toHdr } from '../analysis/to-hdr.js';
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
  const groups = mergedCells(run);
  const { cells } = describeRun(run, groups);
  return groups.flatMap(({ latency }, index) =>
    latencyKinds.flatMap((kind) => {
      const recorded = latency[kind];
      if (recorded === null) return [];
      const text = toHdr(recorded).outputPercentileDistribution(ticksPerHalfDistance, perMillisecond);
      return [{ name: `${cells[index]?.label}.${kind}`, text }];
    }),
  );
}
