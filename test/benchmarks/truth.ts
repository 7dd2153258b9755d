import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startClient } from '../../harness/drivers/client.js';
import { launch } from '../../harness/runtimes/launch.js';
import { type DelayingServer, startDelayingServer } from '../helpers/delaying-server.js';
import { jobFor } from '../helpers/spell.js';
import { describeRatios } from './ratios.js';

const rounds = 15;
const seconds = 3;
const connections = 20;
const mostDelayMs = 10;
const quantiles = [0.5, 0.9, 0.99] as const;

/** A latency, ms, for each of the quantiles. */
type Latencies = number[];
type Client = (server: DelayingServer) => Promise<Latencies>;

const http = { kind: 'http', method: 'GET', paths: ['/'], headers: [], body: null } as const;

/**
 * What clients say of a server that holds each request for a seeded while ÷ what it was by the server's own clock. Each
 * client has the server to itself, in turns; wrk is used where it is installed.
 */
export async function truth(): Promise<void> {
  const clients: Record<string, Client> = { raw: ours('raw'), autocannon: ours('autocannon'), wrk };
  const said = new Map<string, { client: Latencies; server: Latencies }[]>();
  const server = await startDelayingServer(1, mostDelayMs);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const names = Object.keys(clients);
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const client = await clients[name]?.(server).catch(() => undefined);
        const held = (await server.heldMs()).toSorted((a, b) => a - b);
        if (client === undefined) continue;
        said.set(name, [...(said.get(name) ?? []), { client, server: quantiles.map((q) => at(held, q)) }]);
      }
    }
  } finally {
    server.stop();
  }
  for (const [name, pairs] of said)
    for (const [index, q] of quantiles.entries()) {
      const [client, own] = [
        pairs.map((pair) => pair.client[index] ?? 0),
        pairs.map((pair) => pair.server[index] ?? 0),
      ];
      const excess = client.map((ms, round) => ms - (own[round] ?? 0)).toSorted((a, b) => a - b);
      const ratios = client.map((ms, round) => ms / (own[round] ?? Number.NaN));
      console.log(
        `  ${name} ÷ server, p${q * 100}: ${describeRatios(ratios)}; ${excess[Math.floor(rounds / 2)]?.toFixed(2)} ms more`,
      );
    }
}

function at(sorted: readonly number[], q: number): number {
  return sorted[Math.ceil(sorted.length * q) - 1] ?? Number.NaN;
}

function ours(driver: string): Client {
  return async ({ port }) => {
    const client = await startClient(launch);
    try {
      const job = jobFor(port, { driver, exchange: http, connections, durationMs: seconds * 1000 });
      const { latency } = await client.drive(job);
      return [latency.response.p50, latency.response.p90, latency.response.p99].map((us) => us / 1000);
    } finally {
      await client.stop();
    }
  };
}

async function wrk({ port }: DelayingServer): Promise<Latencies> {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', `http://127.0.0.1:${port}/`];
  const { stdout } = await promisify(execFile)('wrk', args);
  return quantiles.map((q) => {
    const [, value, unit] = new RegExp(`${q * 100}%\\s+([\\d.]+)(us|ms|s)`).exec(stdout) ?? [];
    return Number(value) * { us: 1e-3, ms: 1, s: 1e3 }[unit as 'us' | 'ms' | 's'];
  });
}
