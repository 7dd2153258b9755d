import { median } from 'simple-statistics';
import type { Cell, TrialRecord } from '../../../harness/record.js';
import type { CellTrials } from '../cells.js';
import type { Verdict } from '../fairness.js';
import { summarizeCounts } from '../fairness-summary.js';
import { perSlot } from '../slots.js';
import { holmLevels } from './holm.js';
import { type ChangeVerdict, furtherPairs, judge, sdOf } from './judge.js';
import { type Metric, metrics } from './metrics.js';
import { unpairedShift } from './rank-sum.js';
import type { Shift } from './shift.js';
import { pairedShift } from './signed-rank.js';

export interface Criteria {
  /** Names of the metrics that decide; the others are shown. */
  gate: readonly string[];
  /** A share: the change that matters at least. */
  minEffect: number;
  /** Of any wrong verdict among the metrics that decide, of all comparisons together; of each of the others by itself. */
  alpha: number;
}

export interface ComparedMetric {
  metric: Metric;
  gates: boolean;
  /** Medians over the trials that are compared; null where no trial has the figure. */
  base: number | null;
  candidate: number | null;
  /** Of the candidate's to the base's, by Hodges and Lehmann; null where there is nothing to compare. */
  ratio: number | null;
  /** Of `ratio`, exact, with `confidence`; null where the trials are too few for any. */
  interval: { low: number; high: number } | null;
  confidence: number;
  /** Of `ratio` with 95 %, by itself. */
  usual: { low: number; high: number } | null;
  p: number | null;
  verdict: ChangeVerdict;
  /** Pairs, or trials of each side, that it takes further, about; null where there is a verdict or no telling. */
  further: number | null;
}

export interface Comparison {
  base: Cell;
  candidate: Cell;
  /** Trials of one block are a pair; otherwise the two sides are independent samples. */
  isPaired: boolean;
  /** Pairs; of independent samples the trials of each side. */
  trials: { base: number; candidate: number };
  /** Why there is no verdict at all. */
  problem: 'no-trials' | 'mostly-invalid' | null;
  metrics: ComparedMetric[];
  /** Each side's commonest verdict of its connections against a random draw. */
  fairness: { base: Verdict | null; candidate: Verdict | null };
}

export interface Sides {
  base: CellTrials;
  candidate: CellTrials;
}

/**
 * Each candidate against its base, in ln of the ratio: by blocks where both ran in one run (`isPaired`), else as independent
 * samples. The trial is the unit; invalid ones are left out, in a pair both. All metrics that decide, of all comparisons, are
 * one family (Holm).
 */
export function compareCells(
  sides: readonly Sides[],
  isPaired: boolean,
  { gate, minEffect, alpha }: Criteria,
): Comparison[] {
  const floor = Math.log1p(minEffect);
  const samples = sides.map((side) => (isPaired ? pairedSamples(side) : unpairedSamples(side)));
  const gates = ({ name }: Metric) => gate.includes(name);
  const family = samples.flat().filter(({ metric }) => gates(metric));
  const levels = holmLevels(
    family.map(({ shift }) => shift?.p ?? 1),
    alpha,
  );
  return sides.map((side, index) => {
    const problem = problemOf(side, samples[index] ?? []);
    return {
      base: side.base.cell,
      candidate: side.candidate.cell,
      isPaired,
      trials: trialsOf(side, isPaired),
      problem,
      metrics: (samples[index] ?? []).map((sample): ComparedMetric => {
        const { metric, shift, sd, n } = sample;
        const level = levels[family.indexOf(sample)] ?? alpha;
        const isGood = metric.better === 'higher';
        const verdict = problem === null ? judge(shift, { level, floor, isGood }) : 'inconclusive';
        const interval = (alpha: number) => {
          const found = problem === null ? shift?.interval(alpha) : null;
          return found ? { low: Math.exp(found.low), high: Math.exp(found.high) } : null;
        };
        return {
          metric,
          gates: gates(metric),
          base: sample.base,
          candidate: sample.candidate,
          ratio: shift && Math.exp(shift.estimate),
          interval: interval(level),
          confidence: 1 - level,
          usual: interval(0.05),
          p: shift?.p ?? null,
          verdict,
          further: furtherPairs({ shift, sd, n }, { level, floor, verdict }),
        };
      }),
      fairness: { base: fairnessOf(side.base), candidate: fairnessOf(side.candidate) },
    };
  });
}

interface Sample {
  metric: Metric;
  shift: Shift | null;
  sd: number | null;
  n: number;
  base: number | null;
  candidate: number | null;
}

function pairedSamples({ base, candidate }: Sides): Sample[] {
  const blocks = pairsOf(base, candidate);
  return metrics.map((metric) => {
    const pairs = blocks.flatMap(([one, other]) => {
      const [before, after] = [metric.of(one), metric.of(other)];
      return before === null || after === null ? [] : [{ before, after }];
    });
    const differences = pairs.map(({ before, after }) => Math.log(after / before));
    return {
      metric,
      shift: pairedShift(differences),
      sd: sdOf(differences),
      n: pairs.length,
      base: medianOf(pairs.map(({ before }) => before)),
      candidate: medianOf(pairs.map(({ after }) => after)),
    };
  });
}

function unpairedSamples(sides: Sides): Sample[] {
  return metrics.map((metric) => {
    const values = ({ trials }: CellTrials) => valid(trials).flatMap((trial) => metric.of(trial) ?? []);
    const [base, candidate] = [values(sides.base), values(sides.candidate)];
    const [one, other] = [base.map(Math.log), candidate.map(Math.log)];
    const [sdOne, sdOther] = [sdOf(one), sdOf(other)];
    return {
      metric,
      shift: unpairedShift(one, other),
      sd: sdOne === null || sdOther === null ? null : Math.hypot(sdOne, sdOther),
      n: Math.min(one.length, other.length),
      base: medianOf(base),
      candidate: medianOf(candidate),
    };
  });
}

const valid = (trials: readonly TrialRecord[]) => trials.filter((trial) => trial.valid);

/** The valid trials of one block on either side. */
function pairsOf(base: CellTrials, candidate: CellTrials): [TrialRecord, TrialRecord][] {
  const others = new Map(valid(candidate.trials).map((trial) => [trial.run, trial]));
  return valid(base.trials).flatMap((one) => {
    const other = others.get(one.run);
    return other === undefined ? [] : [[one, other] satisfies [TrialRecord, TrialRecord]];
  });
}

function trialsOf({ base, candidate }: Sides, isPaired: boolean): Comparison['trials'] {
  if (!isPaired) return { base: valid(base.trials).length, candidate: valid(candidate.trials).length };
  const pairs = pairsOf(base, candidate).length;
  return { base: pairs, candidate: pairs };
}

/** Where most trials of a cell are not valid, those that are may be so by chance. */
function problemOf({ base, candidate }: Sides, samples: readonly Sample[]): Comparison['problem'] {
  const isMostlyInvalid = ({ trials }: CellTrials) => valid(trials).length * 2 < trials.length;
  if (isMostlyInvalid(base) || isMostlyInvalid(candidate)) return 'mostly-invalid';
  return samples.every(({ n }) => n === 0) ? 'no-trials' : null;
}

function fairnessOf({ trials }: CellTrials): Verdict | null {
  return summarizeCounts(valid(trials).map((trial) => perSlot(trial, 'connections'))).verdict;
}

function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : median([...values]);
}
