import type { Cell, Environment, Plan, RunRecord, TrialRecord } from '../../harness/record.js';
import type { Comparison } from './comparison/compare.js';
import { compareGroups } from './comparison/of-run.js';
import { describeThresholds, type ThresholdDescription } from './describe-thresholds.js';
import type { LatencyKind } from './latency-summary.js';
import { type MergedCell, mergedCells } from './merged-cells.js';
import { describeWarnings, type WarningDescription } from './report-warnings.js';
import { type CellSummary, summarizeCell } from './summary.js';
import { type TypicalTrial, typicalTrial } from './typical-trial.js';

/** Everything a report shows, derived from the record alone; a renderer only lays it out. */
export interface RunDescription {
  tool: RunRecord['tool'];
  command: string[];
  startedAt: string;
  interrupted: boolean;
  plan: Plan;
  environment: Environment;
  trials: number;
  /** Versions of the Nodes that ran servers, in the order of the plan's cells. */
  nodeVersions: string[];
  /** What differs between cells, and so has to be said of each. */
  varies: { side: boolean; workers: boolean; node: boolean };
  cells: CellDescription[];
  /** The latency that every cell has and that a client feels most: what a comparison shows. */
  comparedLatency: LatencyKind | null;
  /** The cells against their reference, or the candidate against the base. */
  comparisons: Comparison[];
  warnings: WarningDescription[];
  /** As they were judged when the run ended, or by whoever asks now. */
  thresholds: ThresholdDescription[];
}

export interface CellDescription {
  /** The policy, and what else tells this cell from the others. */
  label: string;
  nodeVersion: string;
  /** As detected in the valid trials, else as expected. */
  mechanism: string;
  summary: CellSummary;
  typical?: TypicalTrial;
  failures: Failure[];
}

/** Why trials are not valid: one entry per reason. */
export interface Failure {
  message: string;
  runs: number[];
  /** What the server said last, in the first of these trials; stacks are left to the record. */
  lastWords: string[];
}

const shownWords = 5;

/** `groups` are the run's, where whoever asks has need of them too. */
export function describeRun(
  run: RunRecord,
  groups: readonly MergedCell[] = mergedCells(run),
): RunDescription {
  const version = (cell: Cell) => (run.environment.nodes[cell.node]?.version ?? cell.node).replace(/^v/, '');
  const nodeVersions = [...new Set(groups.map(({ cell }) => version(cell)))];
  const varies = {
    side: groups.some(({ cell }) => cell.side !== undefined),
    workers: new Set(groups.map(({ cell }) => cell.workers)).size > 1,
    node: nodeVersions.length > 1,
  };
  const cells = groups.map((group) => describeCell(group, version(group.cell), varies));
  return {
    tool: run.tool,
    command: run.command,
    startedAt: run.startedAt,
    interrupted: run.interrupted,
    plan: run.plan,
    environment: run.environment,
    trials: run.trials.length,
    nodeVersions,
    varies,
    cells,
    comparedLatency: comparedLatency(cells),
    comparisons: compareGroups(groups, run.plan),
    warnings: describeWarnings(cells),
    thresholds: describeThresholds(run.thresholds ?? [], cells),
  };
}

function describeCell(
  group: MergedCell,
  nodeVersion: string,
  varies: RunDescription['varies'],
): CellDescription {
  const { cell, trials, valid } = group;
  const typical = typicalTrial(trials);
  const workers = varies.workers ? [`${cell.workers} worker${cell.workers === 1 ? '' : 's'}`] : [];
  const node = varies.node ? [`Node ${nodeVersion}`] : [];
  return {
    label: [...(cell.side ? [cell.side] : []), cell.policy, ...workers, ...node].join(', '),
    nodeVersion,
    mechanism: valid[0]?.mechanism.detected ?? trials[0]?.mechanism.expected ?? 'unknown',
    summary: summarizeCell(group),
    ...(typical && { typical }),
    failures: failures(trials),
  };
}

function failures(trials: readonly TrialRecord[]): Failure[] {
  const byMessage = new Map<string, TrialRecord[]>();
  for (const trial of trials.filter(({ valid }) => !valid).toSorted((a, b) => a.run - b.run)) {
    const message = trial.error?.message ?? 'the record does not say why';
    byMessage.set(message, [...(byMessage.get(message) ?? []), trial]);
  }
  return [...byMessage].map(([message, failed]) => ({
    message,
    runs: failed.map(({ run }) => run),
    lastWords: (failed[0]?.error?.details ?? [])
      .filter((line) => !/^\s+(at |\^)|^Node\.js v/.test(line))
      .slice(-shownWords),
  }));
}

function comparedLatency(cells: readonly CellDescription[]): LatencyKind | null {
  const valid = cells.filter(({ summary }) => summary.validTrials > 0);
  const byInterest: LatencyKind[] = ['response', 'service', 'connect', 'firstByte'];
  const shared = byInterest.find((kind) => valid.every(({ summary }) => summary.latency[kind]));
  return valid.length > 0 ? (shared ?? null) : null;
}
