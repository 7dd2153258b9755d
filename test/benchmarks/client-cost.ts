import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startClient } from '../../harness/drivers/client.js';
import { freePort } from '../../harness/free-port.js';
import { shared } from '../../harness/policies/shared.js';
import { launch } from '../../harness/runtimes/launch.js';
import { servedWorkload } from '../../harness/target.js';
import { http } from '../../workloads/http.js';
import { buildRun } from '../reports/build-run.js';
import { describeRatios } from './ratios.js';

const rounds = 15;
const seconds = 2;
const connections = 50;

/** µs of the client's CPU per request, of one spell against the server at `port`. */
type Measure = (port: number) => Promise<number>;

/**
 * CPU of the client per request ÷ that of its peers, against one and the same 2-worker server (`shared`), each in turn.
 * Peers (Debian's wrk, apache2-utils and nghttp2-client) are used where they are installed, and named where they are not.
 */
export async function clientCost(): Promise<void> {
  for (const close of [false, true]) {
    console.log(close ? '  a connection per request' : '  keep-alive');
    const clients: Record<string, Measure> = {
      raw: ours('raw', close),
      'raw on net.Socket': onNetSockets(ours('raw', close)),
      ...(close ? {} : { autocannon: ours('autocannon', close) }),
      wrk: peer(
        'wrk',
        (url) => ['-t1', `-c${connections}`, `-d${seconds}s`, ...(close ? ['-HConnection: close'] : []), url],
        /(\d+) requests in/,
      ),
      ...(!close && {
        h2load: peer(
          'h2load',
          (url) => ['--h1', '-t1', '-c', String(connections), '-D', String(seconds), url],
          /(\d+) succeeded/,
        ),
      }),
      // It keeps no connections with Node, which answers its HTTP/1.0 with a close.
      ...(close && {
        ab: peer(
          'ab',
          (url) => ['-q', '-c', String(connections), '-t', String(seconds), '-n', '10000000', url],
          /Complete requests:\s+(\d+)/,
        ),
      }),
    };
    await compare(clients);
  }
}

async function compare(clients: Record<string, Measure>): Promise<void> {
  const found: Record<string, number[]> = {};
  const server = await startServer();
  try {
    for (const [name, measure] of Object.entries(clients)) {
      if (!Number.isNaN(await measure(server.port))) found[name] = [];
      else console.log(`    ${name} is not installed`);
    }
    const names = Object.keys(found);
    for (let round = 0; round < rounds; round += 1)
      for (const name of round % 2 === 0 ? names : names.toReversed())
        found[name]?.push((await clients[name]?.(server.port)) ?? Number.NaN);
  } finally {
    await server.stop();
  }
  for (const [name, costs] of Object.entries(found)) {
    const median = costs.toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN;
    console.log(`    ${name}: ${median.toFixed(1)} µs of CPU per request`);
    if (name === 'raw') continue;
    const ratios = (found.raw ?? []).map((own, index) => own / (costs[index] ?? Number.NaN));
    console.log(`      raw ÷ ${name} = ${describeRatios(ratios)}`);
  }
}

function ours(driver: string, close: boolean): Measure {
  const served = servedWorkload({ ...buildRun([]).plan, app: null }, http);
  return async (port) => {
    const client = await startClient(launch);
    try {
      const job = {
        ...served.load,
        driver,
        target: { host: '127.0.0.1', port },
        authority: `127.0.0.1:${port}`,
        requestsPerConnection: close ? 1 : null,
        connections,
        durationMs: seconds * 1000,
        requests: null,
        timeoutMs: 10_000,
        seed: 1,
        thread: { index: 0, of: 1 },
        firstPlace: 0,
      };
      // Warm, as it is in every trial.
      await client.drive({ ...job, durationMs: 500 });
      const { client: counts } = await client.drive(job);
      return (counts.cpuSeconds * 1e6) / counts.requestsCompleted;
    } finally {
      await client.stop();
    }
  };
}

/** The same on the public API. */
function onNetSockets(measure: Measure): Measure {
  return async (port) => {
    process.env.CLUSTER_BENCH_SOCKETS = 'net';
    try {
      return await measure(port);
    } finally {
      delete process.env.CLUSTER_BENCH_SOCKETS;
    }
  };
}

/** Another program, whose CPU is read from what the kernel says of our children that have ended. */
function peer(command: string, args: (url: string) => string[], requests: RegExp): Measure {
  return async (port) => {
    const before = childrenCpuMicroseconds();
    const child = spawn(command, args(`http://127.0.0.1:${port}/`), {
      stdio: ['ignore', 'pipe', 'ignore'],
      // One that has run out of ports waits for them.
      timeout: seconds * 5000,
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    try {
      await once(child, 'close');
    } catch {
      return Number.NaN; // Not installed.
    }
    return (childrenCpuMicroseconds() - before) / Number(requests.exec(output)?.[1]);
  };
}

/** Fields 16 and 17 of /proc/self/stat (proc(5)): CPU of children that were waited for, in ticks of 10 ms. */
function childrenCpuMicroseconds(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10_000;
}

async function startServer() {
  const served = servedWorkload({ ...buildRun([]).plan, app: null }, http);
  const port = await freePort();
  const folder = join(tmpdir(), `cluster-bench-${randomUUID()}`);
  const spec = shared.start({
    node: process.execPath,
    app: served.app,
    clustersItself: false,
    workers: 2,
    askedPort: 0,
    port,
    host: null,
    speaks: 'http',
    weights: [],
    seed: 1,
    folder,
  });
  const server = await launch(spec);
  server.stdout.resume();
  while (readdirSync(folder).filter((name) => name.endsWith('.listener')).length < 2) await setTimeout(10);
  return { port, stop: () => server.stop() };
}
