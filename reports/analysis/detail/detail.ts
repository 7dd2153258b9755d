import type { TrialRecord } from '../../../harness/record.js';
import { type LatencyKind, latencyKinds } from '../latency-summary.js';
import type { MergedCell } from '../merged-cells.js';
import { chooseTypical } from '../typical-trial.js';
import { type AcceptStrip, acceptStrip } from './accept-strip.js';
import { type LatencyBySlot, latencyBySlot } from './latency-by-slot.js';
import { type LatencyOverTime, latencyOverTime } from './latency-over-time.js';
import { type OpenOverTime, openOverTime } from './open-over-time.js';
import { type PercentileCurve, percentileCurve } from './percentile-curve.js';
import { type ProcessCpu, processCpu } from './process-cpu.js';
import { type RandomBand, randomBand } from './random-band.js';
import { type TransitionShares, transitionShares } from './transition-shares.js';
import { type TrialFigures, trialFigures } from './trial-figures.js';

/** What charts show of a cell, beside its description. */
export interface CellDetail {
  figures: TrialFigures[];
  /** Of the valid trials together. */
  percentiles: { kind: LatencyKind; curve: PercentileCurve }[];
  handOff: PercentileCurve | null;
  /** Of the typical trial. */
  typical?: TypicalDetail;
}

export interface TypicalDetail {
  band: RandomBand | null;
  strip: AcceptStrip | null;
  transitions: TransitionShares | null;
  open: OpenOverTime | null;
  latencyBySlot: LatencyBySlot | null;
  latencyOverTime: LatencyOverTime | null;
  cpu: ProcessCpu[];
}

/** Of a cell; p99 is of the latency that all are compared by. */
export function detailCell(
  { trials, valid, latency, handOff }: MergedCell,
  compared: LatencyKind | null,
): CellDetail {
  const typical = chooseTypical(trials);
  return {
    figures: trialFigures(valid, compared),
    percentiles: latencyKinds.flatMap((kind) => {
      const recorded = latency[kind];
      return recorded ? [{ kind, curve: percentileCurve(recorded) }] : [];
    }),
    handOff: handOff && percentileCurve(handOff),
    ...(typical && { typical: detailTrial(typical) }),
  };
}

function detailTrial(trial: TrialRecord): TypicalDetail {
  const { cell, sequence, acceptOrder, workers } = trial;
  const total = workers.reduce((sum, { connections }) => sum + connections, 0);
  return {
    band: randomBand(cell.workers, total),
    strip: acceptOrder ? acceptStrip(acceptOrder, cell.workers, sequence?.accepted) : null,
    transitions: sequence ? transitionShares(sequence) : null,
    open: openOverTime(trial),
    latencyBySlot: latencyBySlot(trial),
    latencyOverTime: latencyOverTime(trial.timeline),
    cpu: processCpu(trial),
  };
}
