import type { Cell, Plan, RunRecord, TrialRecord } from '../../harness/record.js';
import { type ActiveFigures, summarizeActive } from './active-connections.js';
import { type Fairness, summarizeAmounts, summarizeCounts, summarizeRequests } from './fairness-summary.js';
import { derivedWarnings, type GatheredWarning, gatherWarnings } from './gather-warnings.js';
import { flaggedOutliers } from './irregular-trials.js';
import { percentilesOf } from './latency.js';
import { type LatencyKind, type LatencySummary, latencyKinds } from './latency-summary.js';
import { type MergedCell, mergedCells } from './merged-cells.js';
import type { Outlier } from './outliers.js';
import { type ScenarioSummary, summarizeScenario } from './scenario-summary.js';
import { type SequenceSummary, summarizeSequences } from './sequence-summary.js';
import { perSlot } from './slots.js';
import { type MedianInterval, medianInterval, type Spread, spread } from './statistics.js';
import { summarizeTheory, type TheoryFigures } from './theory.js';

export interface CellSummary {
  cell: Cell;
  /** All that ran, and those that are summarised here: an invalid trial enters no figure. */
  trials: number;
  validTrials: number;
  /** Exchanges completed by the deadline ÷ measuredSeconds; low and high as in {@link medianInterval}. */
  throughput: { unit: 'connections/s' | 'requests/s' } & MedianInterval;
  /** CPU of every server process, front and workers, per completed exchange; null when nothing completed. */
  cpuPerExchange: ({ unit: 'us' } & Spread) | null;
  latency: Partial<Record<LatencyKind, LatencySummary>>;
  /** Requests and connections that failed, of the valid trials together; null without one. */
  errors: number | null;
  /** Of policies whose primary hands connections over; refusals of all trials together. */
  handOff?: { latency: LatencySummary; refusals: number };
  /**
   * `requests` only where the servers answered any, `active` only where connections live long enough to be seen, `theory`
   * (of connections) only where there is a choice between workers.
   */
  fairness: {
    connections: Fairness;
    requests?: Fairness;
    cpu: Fairness;
    active?: ActiveFigures<Spread>;
    theory?: TheoryFigures<Spread>;
  };
  sequence?: SequenceSummary;
  /** Where something was done to the server. */
  scenario?: ScenarioSummary;
  /** Trials far from the others, the farthest first of each metric: flagged, and part of every figure all the same. */
  outliers: Outlier[];
  warnings: GatheredWarning[];
}

/** One summary per cell, in plan order where there is a plan. Deterministic: the same trials give the same summary. */
export function summarize(run: Pick<RunRecord, 'trials'> & { plan?: Plan }): CellSummary[] {
  return mergedCells(run).map(summarizeCell);
}

/** Built-in workloads whose connections carry one exchange each. */
export const connectionWorkloads: ReadonlySet<string> = new Set(['connect', 'burst', 'unix', 'tls']);

/** What throughput counts. */
export function throughputUnit({ workload, counts }: Cell): 'connections/s' | 'requests/s' {
  const counted = counts ?? (connectionWorkloads.has(workload) ? 'connections' : 'requests');
  return `${counted}/s`;
}

export function summarizeCell({ cell, trials, valid, latency, handOff }: MergedCell): CellSummary {
  const counts = valid.map((trial) => perSlot(trial, 'connections'));
  const connections = summarizeCounts(counts);
  const requests = summarizeRequests(
    valid.map((trial, index) => ({ connections: counts[index] ?? [], requests: perSlot(trial, 'requests') })),
  );
  const active = summarizeActive(valid);
  const theory = summarizeTheory(counts);
  const sequence = summarizeSequences(valid);
  const scenario = summarizeScenario(valid);
  return {
    cell,
    trials: trials.length,
    validTrials: valid.length,
    throughput: {
      unit: throughputUnit(cell),
      ...medianInterval(valid.filter((trial) => trial.measuredSeconds > 0).map(throughput)),
    },
    cpuPerExchange: cpuPerExchange(valid),
    latency: latencies(latency),
    errors: valid.length === 0 ? null : valid.reduce((sum, { client }) => sum + errors(client), 0),
    ...(handOff && { handOff: { latency: percentilesOf(handOff), refusals: refusals(valid) } }),
    fairness: {
      connections,
      ...((requests.total?.max ?? 0) > 0 && { requests }),
      cpu: summarizeAmounts(valid.map((trial) => perSlot(trial, 'cpuSeconds'))),
      ...(active && { active }),
      ...(theory && { theory }),
    },
    ...(sequence && { sequence }),
    ...(scenario && { scenario }),
    outliers: flaggedOutliers(valid),
    warnings: [...gatherWarnings(trials), ...derivedWarnings(connections, valid)],
  };
}

function throughput({ client, measuredSeconds }: TrialRecord): number {
  return client.completedByDeadline / measuredSeconds;
}

/**
 * `errors` has each failed request once, and each connection that failed before it had one; of autocannon's requests it
 * lacks those that were cut off.
 */
function errors({ errors, requestsFailed }: TrialRecord['client']): number {
  return Math.max(
    requestsFailed,
    Object.values(errors).reduce((sum, times) => sum + times, 0),
  );
}

function cpuPerExchange(valid: readonly TrialRecord[]): CellSummary['cpuPerExchange'] {
  const each = spread(
    valid.map(({ front, workers, client }) => {
      const seconds = [...front, ...workers].reduce((sum, process) => sum + process.cpuSeconds, 0);
      return client.requestsCompleted > 0 ? (seconds / client.requestsCompleted) * 1e6 : null;
    }),
  );
  return each && { unit: 'us', ...each };
}

function refusals(valid: readonly TrialRecord[]): number {
  return valid.reduce((sum, { handOff }) => sum + (handOff?.refusals ?? 0), 0);
}

function latencies(merged: MergedCell['latency']): CellSummary['latency'] {
  const summaries: CellSummary['latency'] = {};
  for (const kind of latencyKinds) if (merged[kind]) summaries[kind] = percentilesOf(merged[kind]);
  return summaries;
}
