import type { RunRecord, TrialRecord } from '../../../harness/record.js';
import { groupByCell } from '../cells.js';
import type { LatencyKind } from '../summary.js';
import { latencyKinds } from '../summary.js';
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

/** One for each cell, in the order of `describeRun(run).cells`; p99 is of the latency that they are compared by. */
export function detailRun(
  { trials, plan }: Pick<RunRecord, 'trials' | 'plan'>,
  compared: LatencyKind | null,
): CellDetail[] {
  return groupByCell(trials, plan).map((cell) => detailCell(cell.trials, compared));
}

function detailCell(trials: readonly TrialRecord[], compared: LatencyKind | null): CellDetail {
  const valid = trials.filter((trial) => trial.valid);
  const typical = chooseTypical(trials);
  const curveOf = (kind: LatencyKind) => percentileCurve(valid.flatMap(({ latency }) => latency[kind] ?? []));
  return {
    figures: trialFigures(valid, compared),
    percentiles: latencyKinds.flatMap((kind) => {
      const curve = curveOf(kind);
      return curve ? [{ kind, curve }] : [];
    }),
    handOff: percentileCurve(valid.flatMap(({ handOff }) => handOff?.latency ?? [])),
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
