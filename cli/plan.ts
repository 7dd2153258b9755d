import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { usualPayloadSizeBytes } from '../harness/plan-defaults.js';
import type { Plan } from '../harness/record.js';
import { withSides } from '../harness/sides.js';
import { verdictDefaults } from '../harness/verdict-defaults.js';
import { protocolOf } from './contradictions.js';
import type { Options } from './options.js';

/** What defaults depend on and a plan must not fetch by itself. */
export interface Surroundings {
  availableParallelism: number;
  /** 32 bits. */
  randomSeed: number;
  /** Of the Node that runs bench. */
  nodeVersion: string;
}

/** Those of this process. */
export function surroundings(): Surroundings {
  return {
    availableParallelism: availableParallelism(),
    randomSeed: randomBytes(4).readUInt32LE(),
    nodeVersion: process.versions.node,
  };
}

/**
 * Every option after defaults. An app's workload stands for a guess until the scout has told, where
 * `protocol` is null, and so does `driver` where it is null; `nodes` are as the user wrote them.
 */
export function toPlan(
  options: Options,
  { availableParallelism, randomSeed, nodeVersion }: Surroundings,
): Plan {
  const requests = options.requests ?? null;
  const runs = options.runs ?? { fewest: 6, most: 6 };
  const protocol = protocolOf(options);
  const workload = options.workload ?? (protocol === 'http' ? 'http' : 'connect');
  return {
    policies: options.policy ?? ['rr', 'shared'],
    workers: options.workers ?? [options.weights?.length ?? availableParallelism],
    weights: options.weights ?? [],
    nodes: options.node ?? [nodeVersion],
    workload,
    app: options.app === undefined ? null : { path: options.app, args: options.args },
    protocol: options.app === undefined ? null : (protocol ?? null),
    driver: options.driver ?? null,
    // More connections than requests would open some that never ask.
    connections: Math.min(options.connections ?? 50, requests ?? Number.POSITIVE_INFINITY),
    durationSeconds: options.duration ?? (requests === null ? 2 : null),
    requests,
    scenario: options.scenario ?? null,
    warmupSeconds: options.warmup ?? 0.5,
    runs: runs.most,
    fewestRuns: runs.fewest < runs.most ? runs.fewest : null,
    reference: options.reference ?? null,
    gate: options.gate ?? verdictDefaults.gate,
    minEffect: options['min-effect'] ?? verdictDefaults.minEffect,
    sides: null,
    timeoutSeconds: options.timeout ?? 10,
    host: options.host ?? null,
    port: options.port ?? null,
    paths: options.path ?? ['/'],
    method: options.method ?? 'GET',
    headers: options.header ?? [],
    bodyFile: options.body ?? null,
    requestsPerConnection: options['disable-keepalive'] ? 1 : (options['requests-per-connection'] ?? null),
    pipelining: options.pipelining ?? 1,
    rate: options.rate ?? null,
    arrivals: options.arrivals ?? 'constant',
    threads: options.threads ?? 1,
    clientCpus: options['client-cpus'] ?? null,
    serverCpus: options['server-cpus'] ?? null,
    localAddresses: options['local-addresses'] ?? [],
    insecure: options.insecure ?? false,
    caFile: options.ca ?? null,
    payload: options.payload ?? null,
    payloadSizeBytes: options['payload-size'] ?? usualPayloadSizeBytes,
    seed: options.seed ?? randomSeed,
  };
}

/** How many pairs `bench ab` takes, unless it is said. */
export const runsOfTwo = { fewest: 12, most: 60 };

/** The plan of `bench ab`: what is not said of a side is as it is for both. */
export function toAbPlan(options: Options, surroundings: Surroundings): Plan {
  const { app = options.base, policy = ['rr'], runs = runsOfTwo } = options;
  const plan = toPlan({ ...options, ...(app !== undefined && { app }), policy, runs }, surroundings);
  const sideOf = (side: 'base' | 'candidate') => {
    const path = options[side] ?? options.app;
    return {
      app: path === undefined ? null : { path, args: options.args },
      policy: options[`${side}-policy`] ?? plan.policies[0] ?? 'rr',
      workers: options[`${side}-workers`] ?? plan.workers[0] ?? 1,
      node: options[`${side}-node`] ?? plan.nodes[0] ?? surroundings.nodeVersion,
    };
  };
  return withSides(plan, { base: sideOf('base'), candidate: sideOf('candidate') });
}

/** `bench-results/2026-11-21T06-30-05.json`: UTC, and without the colons that some file systems refuse. */
export function defaultOutput(now: Date): string {
  return `bench-results/${now.toISOString().slice(0, 19).replaceAll(':', '-')}.json`;
}
