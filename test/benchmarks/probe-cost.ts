import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { servedWorkload } from '../../harness/app.js';
import { startClient } from '../../harness/drivers/client.js';
import { freePort } from '../../harness/free-port.js';
import { resolveNodes } from '../../harness/nodes.js';
import { reuseport } from '../../harness/policies/reuseport.js';
import { launch } from '../../harness/runtimes/launch.js';
import { buildRun } from '../reports/build-run.js';
import { describeRatios, pairedRatios } from './ratios.js';

/** Many short pairs: what disturbs a machine changes from second to second. */
const pairs = 41;
const workers = 2;

/** Throughput with the probe ÷ without, reuseport, 2 workers: at least 0.98 is asked of the median. */
export async function probeCost(): Promise<void> {
  const [node] = await resolveNodes(['24'], { log: console.error });
  for (const workload of ['connect', 'http']) {
    const ratios = await pairedRatios(
      pairs,
      () => throughput(String(node?.path), workload, true),
      () => throughput(String(node?.path), workload, false),
    );
    console.log(
      `  ${workload}: with the probe ÷ without = ${describeRatios(ratios)} (Node ${node?.version})`,
    );
  }
}

async function throughput(node: string, workload: string, probed: boolean): Promise<number> {
  const served = servedWorkload({ ...buildRun([]).plan, workload, driver: null, app: null });
  const port = await freePort();
  const spec = reuseport.start({
    node,
    app: served.app,
    clustersItself: false,
    workers,
    askedPort: 0,
    port,
    host: null,
    folder: join(tmpdir(), `cluster-bench-${randomUUID()}`),
  });
  // The preload does nothing where it is not told a folder, so all else is the same.
  const env = probed ? spec.env : { ...spec.env, CLUSTER_BENCH_PROBE: undefined };
  const server = await launch({ ...spec, env });
  server.stdout.resume();
  const client = await startClient(launch);
  try {
    while (listenersOn(port) < workers) await setTimeout(10);
    const job = {
      driver: served.driver,
      target: { host: '127.0.0.1', port },
      exchange: served.exchange,
      connections: 50,
      requests: null,
      timeoutMs: 10_000,
      seed: 1,
    };
    await client.drive({ ...job, durationMs: 300 });
    const { client: counts, deadlineMs, startedAtMs } = await client.drive({ ...job, durationMs: 800 });
    return counts.completedByDeadline / (deadlineMs - startedAtMs);
  } finally {
    await Promise.all([client.stop(), server.stop()]);
  }
}

function listenersOn(port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  return lines.filter((line) => line.includes(local) && line.includes(' 0A ')).length;
}
