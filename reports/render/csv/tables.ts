import type { Cell, RunRecord, TrialRecord } from '../../../harness/record.js';
import { latencyKinds } from '../../analysis/latency-summary.js';
import { perSlot } from '../../analysis/slots.js';
import { type CellSummary, summarize } from '../../analysis/summary.js';
import { csvOf, type Field } from './rows.js';

interface Column<Row> {
  name: string;
  value: (row: Row) => Field;
}

/** A row per trial and slot, in the order in which the trials ran: what each worker got, and what the trial came to. */
export function trialsTable({ trials }: RunRecord): string {
  const rows = trials.flatMap((trial) => {
    const [connections, requests, cpuSeconds] = (['connections', 'requests', 'cpuSeconds'] as const).map(
      (amount) => perSlot(trial, amount),
    );
    return Array.from({ length: trial.cell.workers }, (_, slot) => ({
      ...{ trial, slot },
      connections: connections?.[slot],
      requests: requests?.[slot],
      cpuSeconds: cpuSeconds?.[slot],
    }));
  });
  return tableOf(rows, [...cellColumns<SlotRow>(({ trial }) => trial.cell), ...slotColumns]);
}

/** A row per cell: medians over its valid trials, and percentiles of all of them together. */
export function cellsTable(run: RunRecord): string {
  return tableOf(summarize(run), [...cellColumns<CellSummary>(({ cell }) => cell), ...summaryColumns]);
}

function tableOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  return csvOf(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map(({ value }) => value(row))),
  );
}

/** What tells cells apart, by the record's names. */
function cellColumns<Row>(cellOf: (row: Row) => Cell): Column<Row>[] {
  const names = [
    ...(['policy', 'workload', 'workers', 'connections', 'driver', 'loop', 'rate', 'node'] as const),
    ...(['app', 'scenario', 'side'] as const),
  ];
  return names.map((name) => ({ name: `cell.${name}`, value: (row) => cellOf(row)[name] }));
}

interface SlotRow extends Partial<Record<'connections' | 'requests' | 'cpuSeconds', number>> {
  trial: TrialRecord;
  slot: number;
}

const slotColumns: Column<SlotRow>[] = [
  { name: 'run', value: ({ trial }) => trial.run },
  { name: 'startedAt', value: ({ trial }) => trial.startedAt },
  { name: 'valid', value: ({ trial }) => trial.valid },
  { name: 'error', value: ({ trial }) => trial.error?.code },
  { name: 'mechanism.detected', value: ({ trial }) => trial.mechanism.detected },
  { name: 'measuredSeconds', value: ({ trial }) => trial.measuredSeconds },
  { name: 'client.completedByDeadline', value: ({ trial }) => trial.client.completedByDeadline },
  { name: 'client.requestsFailed', value: ({ trial }) => trial.client.requestsFailed },
  ...latencyKinds.flatMap((kind) =>
    (['p50', 'p99', 'max'] as const).map(
      (figure): Column<SlotRow> => ({
        name: `latency.${kind}.${figure}Us`,
        value: ({ trial: { latency } }) => (latency[kind]?.count ? latency[kind]?.[figure] : null),
      }),
    ),
  ),
  { name: 'slot', value: ({ slot }) => slot },
  { name: 'slot.connections', value: ({ connections }) => connections },
  { name: 'slot.requests', value: ({ requests }) => requests },
  { name: 'slot.cpuSeconds', value: ({ cpuSeconds }) => cpuSeconds },
];

const summaryColumns: Column<CellSummary>[] = [
  { name: 'trials', value: ({ trials }) => trials },
  { name: 'validTrials', value: ({ validTrials }) => validTrials },
  { name: 'throughput.unit', value: ({ throughput }) => throughput.unit },
  ...(['median', 'low', 'high'] as const).map(
    (figure): Column<CellSummary> => ({
      name: `throughput.${figure}`,
      value: ({ throughput }) => throughput[figure],
    }),
  ),
  { name: 'cpuPerExchange.medianUs', value: ({ cpuPerExchange }) => cpuPerExchange?.median },
  { name: 'errors', value: ({ errors }) => errors },
  ...latencyKinds.flatMap((kind) =>
    (['p50', 'p90', 'p99', 'p99_9', 'max'] as const).map(
      (figure): Column<CellSummary> => ({
        name: `latency.${kind}.${figure}Us`,
        value: ({ latency }) => latency[kind]?.[figure],
      }),
    ),
  ),
  ...(['connections', 'requests', 'cpu'] as const).flatMap((of) => fairnessColumns(of)),
];

function fairnessColumns(of: 'connections' | 'requests' | 'cpu'): Column<CellSummary>[] {
  const figures = ['jain', 'effectiveWorkers', 'maxOverMean', 'gini', 'idleWorkers'] as const;
  return [
    ...figures.map(
      (figure): Column<CellSummary> => ({
        name: `fairness.${of}.${figure}`,
        value: ({ fairness }) => fairness[of]?.[figure]?.median,
      }),
    ),
    ...(of === 'cpu'
      ? []
      : [
          {
            name: `fairness.${of}.verdict`,
            value: ({ fairness }: CellSummary) => fairness[of]?.verdict,
          },
        ]),
  ];
}
