import * as z from 'zod';
import { countRows } from './count-rows.js';
import { verdictDefaults } from './verdict-defaults.js';

/**
 * The record of a run: everything that was measured, and nothing that is derived from it but `summary`. Its names are
 * public (users' scripts read them) and carry their units. Fields may be added within a schema version.
 */
export const schemaVersion = 1;

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();
const maybe = <T extends z.ZodType>(schema: T) => schema.optional();

/** `hdr` is the whole histogram, HdrHistogram V2 compressed base64, 3 significant digits; the rest is read off it. */
export const histogramSchema = z.object({
  unit: z.literal('us'),
  count,
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
  p99_9: z.number(),
  p99_99: z.number(),
  hdr: z.string(),
});

export const cellSchema = z.object({
  policy: z.string(),
  workload: z.string(),
  workers: z.int().positive(),
  connections: z.int().positive(),
  driver: z.string(),
  loop: z.enum(['closed', 'open']),
  /** Requests per second of an open loop, of all connections together. */
  rate: maybe(z.number().positive()),
  arrivals: maybe(z.enum(['constant', 'poisson'])),
  /** Label of the Node that ran the servers, a key of `environment.nodes`. */
  node: z.string(),
  /** The user's app as it was named on the command line; absent for a built-in workload. */
  app: maybe(z.string()),
  /** Of a workload of the user's own: what its throughput counts. The built-in ones go by their names. */
  counts: maybe(z.enum(['connections', 'requests'])),
  /** What was done to the server while it was measured. */
  scenario: maybe(z.string()),
  /** Where two servers are compared with each other. */
  side: maybe(z.enum(['base', 'candidate'])),
});

const mechanismNames = [
  'single',
  'round-robin',
  'shared',
  'reuseport',
  'handle',
  'userland',
  'proxy',
  'unknown',
] as const;
export const mechanismNameSchema = z.enum(mechanismNames);

export const listenerSchema = z.object({ pid: count, role: z.string(), socket: z.string() });

/** What stands before the workers: a primary has a probe; a proxy is one row for each of its processes. */
export const frontSchema = z.object({
  role: z.enum(['primary', 'proxy', 'daemon', 'agent']),
  pid: count,
  cpuSeconds: seconds,
  eventLoopUtilization: maybe(z.number()),
  maxRssBytes: count,
});

export const workerSchema = z.object({
  slot: count,
  pid: count,
  connections: count,
  requests: count,
  bytesRead: count,
  /** Not known of datagrams. */
  bytesWritten: maybe(count),
  cpuSeconds: seconds,
  eventLoopUtilization: z.number(),
  /** Of the process's lifetime: the kernel keeps no maximum for a window. */
  maxRssBytes: count,
  exit: maybe(z.object({ code: z.int().nullable(), signal: z.string().nullable(), atSeconds: z.number() })),
});

export const clientSchema = z.object({
  attempted: count,
  opened: count,
  refused: count,
  reset: count,
  timedOut: count,
  requestsSent: count,
  requestsCompleted: count,
  completedByDeadline: count,
  requestsFailed: count,
  /** HTTP status code → answers. */
  status: z.record(z.string(), count),
  /** Error code (`ECONNRESET`, `WRONG_ANSWER`, …) → times. */
  errors: z.record(z.string(), count),
  /** On what the raw client's connections are made: Node's bare TCP handle, or `net.Socket` (TLS, UNIX sockets, other Nodes). */
  sockets: maybe(z.enum(['handle', 'net'])),
  cpuSeconds: seconds,
  eventLoopUtilization: z.number(),
  saturated: z.boolean(),
  /** Of the client process in the window. */
  gc: maybe(z.object({ pauses: count, totalMs: z.number(), longestMs: z.number() })),
  /** Open loop: requests that were due. */
  scheduled: maybe(count),
  /** Those of them that could not be sent. */
  unsent: maybe(count),
  /** The best share of what was due that had been sent, at any arrival in the second half: 1 unless the rate is out of reach. */
  achieved: maybe(z.number()),
  /** From the instant at which a request was due to its handling by the client, waiting for a connection left out. */
  sendLag: maybe(histogramSchema),
  /** Its mean in each quarter of the schedule. */
  sendLagQuartersMs: maybe(z.array(z.number())),
});

export const latencySchema = z.object({
  connect: maybe(histogramSchema),
  firstByte: maybe(histogramSchema),
  response: maybe(histogramSchema),
  service: maybe(histogramSchema),
  bySlot: maybe(
    z.record(z.string(), z.object({ connect: maybe(histogramSchema), response: maybe(histogramSchema) })),
  ),
  /** `bySlot` holds 1 in so many connections. */
  bySlotSampling: maybe(z.int().positive()),
});

/** Counts only, of the whole window; the tests on them are derived by the analysis. */
export const sequenceCountsSchema = z.object({
  source: z.enum(['primary', 'workers', 'client']),
  accepted: count,
  /** `transitions[from][to]`, slots of neighbours in accept order; sums to `accepted − 1`. */
  transitions: countRows,
  /** Length of a run of one slot → how many runs. Σ length × count = accepted. */
  runLengths: z.record(z.string(), count),
  /** Jain's index of each non-overlapping window of `window` accepts, averaged; null when there is no whole window. */
  windowedJain: z.object({ window: z.int().positive(), windows: count, mean: z.number().nullable() }),
});

export const timelineSchema = z.object({
  intervalSeconds: z.number().positive(),
  /** `[slot][interval]`: new connections. */
  connections: countRows,
  requests: countRows,
  /** Open connections at the end of the interval. */
  active: countRows,
  responseIntervalSeconds: z.number().positive(),
  /** Response times of each interval, HdrHistogram V2 base64, µs. */
  response: z.array(z.string()),
});

export const conservationSchema = z.object({
  of: z.enum(['connections', 'requests', 'datagrams']),
  /** All that was opened is attributed; of datagrams, all that was answered, and no more than was sent. */
  holds: z.boolean(),
  /** Or sent. */
  opened: count,
  attributed: count,
  /** `opened − attributed`: named, never hidden. Negative when the probes saw more than the client opened. */
  unattributed: z.int(),
});

/**
 * Clients: answered after more than 250 ms; whose connection was reset, or refused; not answered within `--timeout`; whose
 * connection was closed without an answer, or with a wrong one.
 */
export const sufferedSchema = z.object({
  stuck: count,
  reset: count,
  refused: count,
  hung: count,
  closed: count,
});

/** What was done to the server in the window, and what the clients of a one-shot burst suffered that came at that instant. */
export const scenarioSchema = z.object({
  name: z.string(),
  /** null: every slot. */
  slot: count.nullable(),
  /** From the start of the window. */
  atSeconds: z.number(),
  /** How many clients came at once. */
  burst: count,
  ...sufferedSchema.shape,
  /** Of the burst. */
  longestWaitSeconds: seconds,
  /** Until every worker that it happened to was served again as before; null: not by the end of the window. */
  secondsToEven: seconds.nullable(),
  /** The same of the load that ran beside it. */
  background: sufferedSchema,
});

/** A code and its data; reports/analysis/warnings.ts has the words. */
export const warningSchema = z.looseObject({ code: z.string() });

export const trialSchema = z.object({
  cell: cellSchema,
  /** 1…runs; also the number of its randomised block. */
  run: z.int().positive(),
  startedAt: z.iso.datetime(),
  /** Length of the window, from its start to the deadline (or to the last answer, when a count was asked for). */
  measuredSeconds: seconds,
  drainSeconds: seconds,
  mechanism: z.object({
    expected: mechanismNameSchema,
    detected: mechanismNameSchema,
    listeners: z.array(listenerSchema),
  }),
  front: z.array(frontSchema),
  /** One row per PID, sorted by slot; `cell.workers` counts slots. */
  workers: z.array(workerSchema),
  client: clientSchema,
  latency: latencySchema,
  /** Of a primary that hands connections over: from the sending of each to its worker's answer; those that one did not take. */
  handOff: maybe(
    z.object({
      latency: histogramSchema,
      refusals: count,
      /** The most that waited at once for one worker, or for any; Node's own primary does not tell. */
      longestQueue: maybe(count),
    }),
  ),
  sequence: maybe(sequenceCountsSchema),
  /** Base64 of little-endian Uint16 slots, the first 16,384. */
  acceptOrder: maybe(z.object({ slots: z.string(), truncated: z.boolean() })),
  timeline: timelineSchema,
  conservation: conservationSchema,
  scenario: maybe(scenarioSchema),
  warnings: z.array(warningSchema),
  valid: z.boolean(),
  /** Why a trial is not valid, or why it could not run. */
  error: maybe(
    z.object({
      code: z.string(),
      message: z.string(),
      /** The last lines that the app wrote on stderr. */
      details: maybe(z.array(z.string())),
    }),
  ),
});

const appSchema = z.object({ path: z.string(), args: z.array(z.string()) });

/** One of the two that are compared with each other; null: the built-in workload. */
export const sideSchema = z.object({
  app: appSchema.nullable(),
  policy: z.string(),
  workers: z.int().positive(),
  node: z.string(),
});

export const planSchema = z.object({
  policies: z.array(z.string()).min(1),
  workers: z.array(z.int().positive()).min(1),
  /** By slot, of the policy `weighted`; none: all alike. */
  weights: z.array(z.int().positive()).default([]),
  nodes: z.array(z.string()).min(1),
  workload: z.string(),
  app: appSchema.nullable(),
  protocol: z.enum(['http', 'tcp']).nullable(),
  /** null: the one that the workload, or what the app speaks, calls for. */
  driver: z.string().nullable(),
  connections: z.int().positive(),
  durationSeconds: z.number().positive().nullable(),
  requests: z.int().positive().nullable(),
  /** What is done to the server in every trial; null for nothing. */
  scenario: z.string().nullable().default(null),
  warmupSeconds: seconds,
  /** Blocks, at most. */
  runs: z.int().positive(),
  /** From so many blocks on it may end early, once every metric that decides has a verdict; null: it does not. */
  fewestRuns: z.int().positive().nullable().default(null),
  /** The policy that the others are compared with; null for the first one. */
  reference: z.string().nullable().default(null),
  /** Metrics that decide over better and worse. */
  gate: z.array(z.string()).default(verdictDefaults.gate),
  /** A share: the change that matters at least. */
  minEffect: z.number().nonnegative().default(verdictDefaults.minEffect),
  /** What differs between base and candidate, where these are what is compared. */
  sides: z.object({ base: sideSchema, candidate: sideSchema }).nullable().default(null),
  timeoutSeconds: z.number().positive(),
  host: z.string().nullable(),
  port: z.int().nonnegative().max(65_535).nullable(),
  paths: z.array(z.string()).min(1).default(['/']),
  method: z.string().default('GET'),
  headers: z.array(z.tuple([z.string(), z.string()])).default([]),
  /** A file, as the user named it. */
  bodyFile: z.string().nullable().default(null),
  /** null: as many as there are, or as the workload says. */
  requestsPerConnection: z.int().positive().nullable().default(null),
  pipelining: z.int().positive().default(1),
  /** Requests per second of an open loop; null for a closed one. */
  rate: z.number().positive().nullable().default(null),
  arrivals: z.enum(['constant', 'poisson']).default('constant'),
  /** Of the client process. */
  threads: z.int().positive().default(1),
  /** As taskset reads it; null for all. */
  clientCpus: z.string().nullable().default(null),
  serverCpus: z.string().nullable().default(null),
  /** Addresses that connections come from, in turns. */
  localAddresses: z.array(z.string()).default([]),
  insecure: z.boolean().default(false),
  /** A file, as the user named it. */
  caFile: z.string().nullable().default(null),
  payload: z.string().nullable(),
  payloadSizeBytes: z.int().positive(),
  seed: z.int().nonnegative(),
});

export const environmentSchema = z.object({
  platform: z.string(),
  arch: z.string(),
  kernel: z.string(),
  cpuModel: z.string(),
  cores: count,
  availableParallelism: count,
  memoryBytes: count,
  loadAverage: z.array(z.number()),
  openFilesLimit: count.nullable(),
  portRange: z.tuple([count, count]).nullable(),
  somaxconn: count.nullable(),
  cgroupCpuLimit: maybe(z.number()),
  virtualized: maybe(z.boolean()),
  toolNode: z.string(),
  nodes: z.record(
    z.string(),
    z.object({ version: z.string(), path: maybe(z.string()), libuv: z.string(), v8: z.string() }),
  ),
  peers: z.record(z.string(), z.string()),
});

/** A threshold of the user's, held against one cell. */
export const thresholdSchema = z.object({
  /** As the user wrote it. */
  threshold: z.string(),
  /** null: the policy that it names has no cell in the run. */
  cell: cellSchema.nullable(),
  unit: z.enum(['us', '1/s', 'number', 'ratio', 'verdict']),
  /** null: the cell does not have it, or most of its trials are not valid. */
  value: z.union([z.number(), z.string()]).nullable(),
  /** What it was compared with; for `floor` the cell's own. */
  limit: z.union([z.number(), z.string()]).nullable(),
  /** Never without a value. */
  passed: z.boolean(),
});

export const runSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  tool: z.object({ name: z.string(), version: z.string() }),
  command: z.array(z.string()),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  interrupted: z.boolean(),
  plan: planSchema,
  environment: environmentSchema,
  /** In the order they ran. */
  trials: z.array(trialSchema),
  /** Derived: a reader computes it anew from `trials`. */
  summary: z.array(z.unknown()),
  /** Where some were given: each with every cell that it is for. */
  thresholds: maybe(z.array(thresholdSchema)),
});

export type Histogram = z.infer<typeof histogramSchema>;
export type Cell = z.infer<typeof cellSchema>;
export type MechanismName = z.infer<typeof mechanismNameSchema>;
export type Listener = z.infer<typeof listenerSchema>;
export type FrontRecord = z.infer<typeof frontSchema>;
export type WorkerRecord = z.infer<typeof workerSchema>;
export type ClientRecord = z.infer<typeof clientSchema>;
export type LatencyRecord = z.infer<typeof latencySchema>;
export type SequenceCounts = z.infer<typeof sequenceCountsSchema>;
export type Timeline = z.infer<typeof timelineSchema>;
export type ScenarioRecord = z.infer<typeof scenarioSchema>;
export type Suffered = z.infer<typeof sufferedSchema>;
export type Conservation = z.infer<typeof conservationSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type TrialRecord = z.infer<typeof trialSchema>;
export type Plan = z.infer<typeof planSchema>;
export type Side = z.infer<typeof sideSchema>;
export type Environment = z.infer<typeof environmentSchema>;
export type ThresholdRecord = z.infer<typeof thresholdSchema>;
export type RunRecord = z.infer<typeof runSchema>;
