import type { Cell, Plan, RunRecord } from '../../harness/record.js';
import { type HistoryMetric, historyMetrics, type MetricName, metricNames } from './history-metrics.js';
import { type CellSummary, summarize } from './summary.js';

/** What a history keeps of one run. */
export interface HistoryRun {
  file: string;
  startedAt: string;
  /** Equal for copies of one record. */
  identity: string;
  facts: Facts;
  cells: HistoryCell[];
}

/** What should be the same in every run of a history, by its name in the record. */
export type Facts = Record<string, string>;

export interface HistoryCell {
  cell: Cell;
  /** Of Node, that ran its servers. */
  nodeVersion: string;
  trials: number;
  validTrials: number;
  throughputUnit: CellSummary['throughput']['unit'];
  values: Record<MetricName, number | null>;
}

export function historyRun(run: RunRecord, file: string): HistoryRun {
  const { environment, plan, startedAt, finishedAt } = run;
  const version = (node: string) => (environment.nodes[node]?.version ?? node).replace(/^v/, '');
  const cells = summarize(run).map((summary) => historyCell(summary, version(summary.cell.node)));
  const versions = [...new Set(cells.map(({ nodeVersion }) => nodeVersion))];
  const toolNode = environment.toolNode.replace(/^v/, '');
  return {
    file,
    startedAt,
    identity: `${startedAt} ${finishedAt} ${plan.seed}`,
    facts: {
      kernel: environment.kernel,
      cpuModel: environment.cpuModel,
      cores: String(environment.cores),
      availableParallelism: String(environment.availableParallelism),
      node: versions.join(', '),
      toolNode: versions.includes(toolNode) ? 'that of the servers' : toolNode,
      tool: run.tool.version,
      ...loadFacts(plan),
    },
    cells,
  };
}

function historyCell(summary: CellSummary, nodeVersion: string): HistoryCell {
  const { cell, trials, validTrials, throughput } = summary;
  const values = metricNames.map((name) => {
    const metric: HistoryMetric = historyMetrics[name];
    return [name, metric.of(summary) ?? null];
  });
  return {
    cell,
    nodeVersion,
    trials,
    validTrials,
    throughputUnit: throughput.unit,
    values: Object.fromEntries(values),
  };
}

/** What of a plan tells cells apart already, is meant to differ, or changes no figure. */
const otherwiseKnown: readonly string[] = [
  ...(['policies', 'workers', 'nodes', 'workload', 'driver', 'connections'] as const),
  ...(['rate', 'arrivals', 'scenario', 'runs', 'seed', 'timeoutSeconds'] as const),
  ...(['host', 'port', 'insecure', 'caFile'] as const),
  ...(['fewestRuns', 'reference', 'gate', 'minEffect', 'sides'] as const),
] satisfies (keyof Plan)[];

/** The rest of the plan: how long is measured, and what is sent. */
function loadFacts(plan: Plan): Facts {
  const told = Object.entries(plan).filter(([name]) => !otherwiseKnown.includes(name));
  return Object.fromEntries(told.map(([name, value]) => [`plan.${name}`, JSON.stringify(value)]));
}
