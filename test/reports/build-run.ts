import { build } from 'hdr-histogram-js';
import {
  type Histogram,
  type RunRecord,
  runSchema,
  type TrialRecord,
  type WorkerRecord,
} from '../../harness/record.js';
import { plainLoad } from '../helpers/plan.js';

export interface TrialOptions {
  policy?: string;
  workload?: string;
  workers?: number;
  node?: string;
  run?: number;
  /** Connections per slot. */
  counts?: number[];
  /** Slots in accept order; gives the counts, the sequence and the timeline where those are not given. */
  order?: number[];
  requests?: number[];
  cpuSeconds?: number[];
  measuredSeconds?: number;
  completedByDeadline?: number;
  /** Samples in µs. */
  connectUs?: number[];
  responseUs?: number[];
  mechanism?: TrialRecord['mechanism']['detected'];
  intervals?: number;
}

/** A trial as the harness records it, small and consistent. `changes` replace whole fields. */
export function buildTrial(options: TrialOptions = {}, changes: Partial<TrialRecord> = {}): TrialRecord {
  const { policy = 'rr', workload = 'connect', node = '24.11.0', run = 1, order } = options;
  const workers = options.workers ?? options.counts?.length ?? 4;
  const counts = options.counts ?? (order ? tally(order, workers) : Array<number>(workers).fill(250));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const requests = options.requests ?? counts.map(() => 0);
  const measuredSeconds = options.measuredSeconds ?? 2;
  const completed = options.completedByDeadline ?? total;
  const mechanism = options.mechanism ?? 'round-robin';
  const timeline = options.intervals
    ? spreadOver(order ?? [], workers, options.intervals)
    : counts.map((c) => [c]);
  return {
    cell: { policy, workload, workers, connections: 50, driver: 'raw', loop: 'closed', node },
    run,
    startedAt: '2026-07-01T12:00:00.000Z',
    measuredSeconds,
    drainSeconds: 0.01,
    mechanism: { expected: mechanism, detected: mechanism, listeners: [] },
    front: [{ role: 'primary', pid: 41232, cpuSeconds: 0.5, maxRssBytes: 5e7 }],
    workers: counts.map((connections, slot) =>
      workerRow(slot, { connections, requests: requests[slot], cpuSeconds: options.cpuSeconds?.[slot] }),
    ),
    client: {
      attempted: total,
      opened: total,
      refused: 0,
      reset: 0,
      timedOut: 0,
      requestsSent: completed,
      requestsCompleted: completed,
      completedByDeadline: completed,
      requestsFailed: 0,
      status: {},
      errors: {},
      cpuSeconds: 1,
      eventLoopUtilization: 0.6,
      saturated: false,
    },
    latency: {
      ...(options.connectUs && { connect: histogramOf(options.connectUs) }),
      ...(options.responseUs && { response: histogramOf(options.responseUs) }),
    },
    ...(order && { sequence: sequenceOf(order, workers) }),
    timeline: {
      intervalSeconds: measuredSeconds / (options.intervals ?? 1),
      connections: timeline,
      requests: requests.map((count) => [count]),
      active: counts.map(() => [0]),
      responseIntervalSeconds: 1,
      response: [],
    },
    conservation: { of: 'connections', holds: true, opened: total, attributed: total, unattributed: 0 },
    warnings: [],
    valid: true,
    ...changes,
  };
}

export function workerRow(slot: number, changes: Partial<WorkerRecord> = {}): WorkerRecord {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return {
    slot,
    pid: 41233 + slot,
    connections: 0,
    requests: 0,
    bytesRead: 0,
    bytesWritten: 0,
    cpuSeconds: 0.4,
    eventLoopUtilization: 0.5,
    maxRssBytes: 5e7,
    ...given,
  };
}

/** A whole run around the trials, checked by the schema. */
export function buildRun(trials: TrialRecord[], changes: Partial<RunRecord> = {}): RunRecord {
  const distinct = <T>(values: T[], otherwise: T) => (values.length > 0 ? [...new Set(values)] : [otherwise]);
  const policies = distinct(
    trials.map(({ cell }) => cell.policy),
    'rr',
  );
  const workers = distinct(
    trials.map(({ cell }) => cell.workers),
    4,
  );
  const nodes = distinct(
    trials.map(({ cell }) => cell.node),
    '24.11.0',
  );
  return runSchema.parse({
    schemaVersion: 1,
    tool: { name: 'cluster-bench', version: '0.1.0' },
    command: ['bench', '--policy', policies.join(','), '--workers', workers.join(',')],
    startedAt: '2026-07-01T12:00:00.000Z',
    finishedAt: '2026-07-01T12:01:00.000Z',
    interrupted: false,
    plan: {
      policies,
      workers,
      nodes,
      workload: trials[0]?.cell.workload ?? 'connect',
      app: null,
      protocol: null,
      driver: 'raw',
      connections: 50,
      durationSeconds: 2,
      requests: null,
      warmupSeconds: 0.5,
      runs: Math.max(1, ...trials.map(({ run }) => run)),
      timeoutSeconds: 10,
      host: null,
      port: null,
      ...plainLoad,
      payload: null,
      payloadSizeBytes: 64,
      seed: 42,
    },
    environment: {
      platform: 'linux',
      arch: 'x64',
      kernel: '6.18.0',
      cpuModel: 'AMD EPYC 7B13',
      cores: 4,
      availableParallelism: 4,
      memoryBytes: 8e9,
      loadAverage: [0.1, 0.1, 0.1],
      openFilesLimit: 1024,
      portRange: [32768, 60999],
      somaxconn: 4096,
      toolNode: '24.11.0',
      nodes: Object.fromEntries(nodes.map((node) => [node, { version: node, libuv: '1.51.0', v8: '13.6' }])),
      peers: {},
    },
    trials,
    summary: [],
    ...changes,
  });
}

export function histogramOf(samples: readonly number[]): Histogram {
  const histogram = build({ bitBucketSize: 64, numberOfSignificantValueDigits: 3 });
  for (const sample of samples) histogram.recordValue(sample);
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile);
  return {
    unit: 'us',
    count: histogram.totalCount,
    min: histogram.minNonZeroValue,
    max: histogram.maxValue,
    mean: histogram.mean,
    p50: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p99_9: at(99.9),
    p99_99: at(99.99),
    hdr: (histogram as unknown as { encodeIntoCompressedBase64(): string }).encodeIntoCompressedBase64(),
  };
}

/** The counts of an accept order as the harness takes them, windows of one accept per worker. */
export function sequenceOf(order: readonly number[], workers: number): NonNullable<TrialRecord['sequence']> {
  const transitions = Array.from({ length: workers }, () => Array<number>(workers).fill(0));
  const runLengths: Record<string, number> = {};
  let run = 0;
  order.forEach((slot, index) => {
    const row = transitions[order[index - 1] ?? -1];
    if (row) row[slot] = (row[slot] ?? 0) + 1;
    run++;
    if (order[index + 1] !== slot) {
      runLengths[run] = (runLengths[run] ?? 0) + 1;
      run = 0;
    }
  });
  const windows = Math.floor(order.length / workers);
  const jains = Array.from({ length: windows }, (_, window) => {
    const counts = tally(order.slice(window * workers, (window + 1) * workers), workers);
    return workers / counts.reduce((sum, count) => sum + count ** 2, 0);
  });
  const mean = windows > 0 ? jains.reduce((sum, jain) => sum + jain, 0) / windows : null;
  return {
    source: 'workers',
    accepted: order.length,
    transitions,
    runLengths,
    windowedJain: { window: workers, windows, mean },
  };
}

function tally(order: readonly number[], workers: number): number[] {
  return Array.from({ length: workers }, (_, slot) => order.filter((taken) => taken === slot).length);
}

function spreadOver(order: readonly number[], workers: number, intervals: number): number[][] {
  const length = Math.ceil(order.length / intervals);
  const parts = Array.from({ length: intervals }, (_, index) =>
    tally(order.slice(index * length, (index + 1) * length), workers),
  );
  return Array.from({ length: workers }, (_, slot) => parts.map((part) => part[slot] ?? 0));
}
