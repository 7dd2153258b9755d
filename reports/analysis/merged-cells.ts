import type { Plan, RunRecord, TrialRecord } from '../../harness/record.js';
import { type CellTrials, groupByCell } from './cells.js';
import { type Distribution, mergeHistograms } from './latency.js';
import { type LatencyKind, latencyKinds } from './latency-summary.js';

/** A cell with what its valid trials' histograms hold together, which takes long enough to be done once. */
export interface MergedCell extends CellTrials {
  valid: TrialRecord[];
  /** Null where nothing was recorded. */
  latency: Record<LatencyKind, Distribution | null>;
  /** Of a primary that hands connections over. */
  handOff: Distribution | null;
}

/** In plan order where there is a plan. Throws BenchError `bad-histogram` where one in the record is damaged. */
export function mergedCells(run: Pick<RunRecord, 'trials'> & { plan?: Plan }): MergedCell[] {
  return groupByCell(run.trials, run.plan).map((group) => {
    const valid = group.trials.filter((trial) => trial.valid);
    const ofKind = (kind: LatencyKind) =>
      mergeHistograms(valid.flatMap(({ latency }) => latency[kind] ?? []));
    const latency = Object.fromEntries(latencyKinds.map((kind) => [kind, ofKind(kind)]));
    return {
      ...group,
      valid,
      latency: latency as MergedCell['latency'],
      handOff: mergeHistograms(valid.flatMap(({ handOff }) => handOff?.latency ?? [])),
    };
  });
}
