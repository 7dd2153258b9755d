import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { countSequence, encodeOrder } from '../../harness/accept-order.js';
import { emptyHistogram, toRecord } from '../../harness/drivers/histogram.js';
import type { Histogram, RunRecord, TrialRecord, WorkerRecord } from '../../harness/record.js';
import { distributionOf } from '../../reports/analysis/latency.js';
import { normals } from '../../reports/analysis/normals.js';

/** What a trial's figures are multiplied by has this standard deviation, as on a quiet machine. */
const sd = 0.03;

/**
 * A long run made of the trials of a short one: `cells` × `runs` of them, no two with the same figures. Where the short one
 * has fewer cells, they are repeated as if on other versions of Node. The same arguments give the same run.
 */
export function variedRun(base: RunRecord, cells: number, runs: number, seed: number): RunRecord {
  const random = randomOf(seed);
  const valid = base.trials.filter((trial) => trial.valid);
  const nodes = Array.from({ length: Math.ceil(cells / valid.length) }, (_, index) => `${index + 20}.0.0`);
  const [version] = Object.values(base.environment.nodes);
  const repeated = nodes.flatMap((node) =>
    valid.map((trial) => ({ ...trial, cell: { ...trial.cell, node } })),
  );
  const trials = Array.from({ length: runs }, (_, run) =>
    repeated.slice(0, cells).map((trial) => ({ ...varied(trial, random), run: run + 1 })),
  );
  const versions = nodes.map((node) => [node, { libuv: '', v8: '', ...version, version: node }]);
  return {
    ...base,
    plan: { ...base.plan, nodes, runs },
    environment: { ...base.environment, nodes: Object.fromEntries(versions) },
    trials: trials.flat(),
    summary: [],
  };
}

type Random = ReturnType<typeof randomOf>;

/** The slots change places, as the hot one of `shared` does, and whatever was counted or timed is a little more or less. */
function varied(trial: TrialRecord, random: Random): TrialRecord {
  const { client, handOff, latency, timeline } = trial;
  const factor = random.factor();
  const rows = random.shuffled(trial.workers).map((worker, at) => {
    const { slot = at, pid = at } = trial.workers[at] ?? {};
    return { ...variedWorker(worker, random), slot, pid };
  });
  const opened = rows.reduce((sum, { connections }) => sum + connections, 0);
  const order = Uint16Array.from(
    random.shuffled(rows.flatMap(({ slot, connections }) => Array<number>(connections).fill(slot))),
  );
  const vary = (histogram: Histogram | undefined) => histogram && variedHistogram(histogram, random);
  return {
    ...trial,
    workers: rows,
    client: { ...client, opened, completedByDeadline: Math.round(client.completedByDeadline * factor) },
    latency: {
      ...latency,
      ...mapped(latency, (value) => ('hdr' in Object(value) ? vary(value as Histogram) : value)),
    },
    ...(handOff && { handOff: { ...handOff, latency: variedHistogram(handOff.latency, random) } }),
    sequence: countSequence(order, trial.cell.workers),
    acceptOrder: encodeOrder(order),
    timeline: { ...timeline, connections: random.shuffled(timeline.connections) },
    conservation: { ...trial.conservation, opened, attributed: opened },
  };
}

/** A connection that is kept alive stays one; where each has its own exchange there are more or fewer of both. */
function variedWorker(worker: WorkerRecord, random: Random): WorkerRecord {
  const { connections, requests } = worker;
  const most = Math.round(requests * random.factor());
  const cpuSeconds = worker.cpuSeconds * random.factor();
  return requests > connections
    ? { ...worker, requests: Math.max(connections, most), cpuSeconds }
    : { ...worker, connections: most, requests: most, cpuSeconds };
}

function variedHistogram({ hdr }: Histogram, random: Random): Histogram {
  const factor = random.factor();
  const other = emptyHistogram();
  for (const { us, times } of distributionOf([hdr])?.values() ?? [])
    other.recordValueWithCount(Math.round(us * factor), times);
  return toRecord(other);
}

function mapped<T extends object>(object: T, change: (value: unknown) => unknown): T {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)])) as T;
}

function randomOf(seed: number) {
  const generator = xoroshiro128plus(seed);
  const normal = normals(seed);
  return {
    factor: () => Math.exp(sd * normal()),
    shuffled<T>(items: readonly T[]): T[] {
      const others = [...items];
      for (let last = others.length - 1; last > 0; last -= 1) {
        const other = uniformInt(generator, 0, last);
        [others[last], others[other]] = [others[other] as T, others[last] as T];
      }
      return others;
    },
  };
}
