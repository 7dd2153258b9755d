/** Whole trials on real servers, and what must hold of every one. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { builtIn } from '../../harness/catalogue.js';
import { type NodeFacts, prepare } from '../../harness/prepare.js';
import { type Plan, type TrialRecord, trialSchema } from '../../harness/record.js';
import { type Launch, type Launched, launch } from '../../harness/runtimes/launch.js';
import { runTrial } from '../../harness/trial.js';
import { fixture } from './fixture.js';
import { plainLoad } from './plan.js';
import { isAlive } from './processes.js';

export const runningNode: NodeFacts = {
  label: process.versions.node,
  path: process.execPath,
  version: process.versions.node,
};

const smallest: Plan = {
  policies: ['rr'],
  workers: [2],
  nodes: [],
  workload: 'connect',
  app: null,
  protocol: null,
  driver: null,
  connections: 4,
  durationSeconds: null,
  requests: 200,
  scenario: null,
  warmupSeconds: 0,
  runs: 1,
  timeoutSeconds: 10,
  host: null,
  port: null,
  ...plainLoad,
  payload: null,
  payloadSizeBytes: 64,
  seed: 1,
};

/** An app of test/fixtures/apps, as it is named in a plan. */
export function appNamed(name: string, ...args: string[]): { app: NonNullable<Plan['app']> } {
  return { app: { path: fixture(`apps/${name}`), args } };
}

/** Prepare and run the plan, and check that nothing of it is left. */
export async function runTrials(
  t: ExecutionContext,
  changes: Partial<Plan>,
  nodes: readonly NodeFacts[] = [runningNode],
): Promise<TrialRecord[]> {
  const launched: Launched[] = [];
  const folders: string[] = [];
  const spied: Launch = async (spec) => {
    if (spec.folder !== undefined) folders.push(spec.folder);
    const group = await launch(spec);
    launched.push(group);
    t.teardown(() => group.stop(0));
    return group;
  };
  const context = { launch: spied, signal: new AbortController().signal, cores: 2, catalogue: builtIn };
  const trials: TrialRecord[] = [];
  try {
    const plan = { ...smallest, ...changes };
    const prepared = await prepare(plan, [{ side: undefined, plan, nodes }], context);
    for (const trial of prepared.trials) trials.push(trialSchema.parse(await runTrial(trial, context)));
  } finally {
    const pids = trials.flatMap(({ front, workers }) => [...front, ...workers].map(({ pid }) => pid));
    t.deepEqual([...launched.map(({ pid }) => pid), ...pids].filter(isAlive), [], 'processes that were left');
    t.deepEqual(processesWith(folders), [], 'processes that know of the folder');
    t.deepEqual(folders.filter(existsSync), [], 'folders that were left');
  }
  return trials;
}

export async function runOne(...args: Parameters<typeof runTrials>): Promise<TrialRecord> {
  const [trial, ...others] = await runTrials(...args);
  if (trial === undefined || others.length > 0) throw new Error('not one trial');
  return trial;
}

/** What holds of every trial in which nothing went wrong. */
export function assertWhole(t: ExecutionContext, trial: TrialRecord): void {
  const { cell, workers, client, conservation, sequence, timeline, latency, mechanism, front } = trial;
  // Whether client and server could keep to its times is the machine's affair.
  const late = cell.loop === 'open' && ['send-lag', 'rate-missed'].includes(trial.error?.code ?? '');
  if (!late) t.is(trial.error, undefined);
  t.is(trial.valid, !late);
  t.is(mechanism.detected, mechanism.expected);
  t.true(mechanism.listeners.length > 0);

  t.deepEqual(
    workers.map(({ slot }) => slot),
    Array.from({ length: cell.workers }, (_, slot) => slot),
  );
  // Of nginx the master and its worker.
  const byPolicy = { single: [], pm2: ['daemon'], egg: ['primary', 'agent'] }[cell.policy];
  t.deepEqual(
    front.map(({ role }) => role),
    byPolicy ?? (mechanism.detected === 'proxy' ? ['primary', 'proxy', 'proxy'] : ['primary']),
  );

  const connections = workers.map((worker) => worker.connections);
  const requests = workers.map((worker) => worker.requests);
  // A datagram is a connection that is over at once; on loopback, and one at a time, none is lost.
  const of = cell.workload === 'udp' ? 'datagrams' : isByRequest(trial) ? 'requests' : 'connections';
  const opened = of === 'connections' ? client.opened : client.requestsSent;
  t.true(opened > 0);
  t.is(sum(connections), opened);
  t.deepEqual(conservation, { of, holds: true, opened, attributed: opened, unattributed: 0 });
  t.is(client.requestsSent, client.requestsCompleted + client.requestsFailed);

  t.is(sequence?.accepted, opened);
  t.is(sum(sequence?.transitions.flat() ?? []), opened - 1);
  const order = Buffer.from(trial.acceptOrder?.slots ?? '', 'base64');
  const slots = Array.from({ length: order.length / 2 }, (_, index) => order.readUInt16LE(index * 2));
  t.deepEqual(
    workers.map(({ slot }) => slots.filter((taken) => taken === slot).length),
    connections,
  );

  t.deepEqual(timeline.connections.map(sum), connections);
  t.deepEqual(timeline.requests.map(sum), requests);
  t.true(timeline.active.every((row) => row.at(-1) === 0));

  t.is(latency.connect?.count, client.opened);
  t.is(latency.response?.count, client.requestsCompleted);
  t.true(trial.measuredSeconds > 0);
  t.true(workers.every(({ cpuSeconds, maxRssBytes }) => cpuSeconds >= 0 && maxRssBytes > 0));
}

/** A proxy that speaks HTTP gives each request a connection of its own. */
export function isByRequest({ mechanism, cell }: TrialRecord): boolean {
  return mechanism.detected === 'proxy' && ['http', 'http-close', 'cpu'].includes(cell.workload);
}

export function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

/** The trial's folder stands in the environment of each of its servers. */
function processesWith(folders: readonly string[]): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      const environment = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/environ`, 'latin1') : '';
      return folders.some((folder) => environment.includes(folder));
    } catch {
      return false; // It ended meanwhile, or is another user's.
    }
  });
}
