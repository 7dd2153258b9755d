import type { Transport } from '../workloads/workload.js';
import type { Catalogue } from './catalogue.js';
import { driverNamed } from './drivers/index.js';
import { usageError } from './errors.js';
import { assertReaches } from './local-addresses.js';
import { cellsOf, orderTrials, type ResolvedPlan } from './plan.js';
import { policies } from './policies/index.js';
import type { Policy } from './policies/policy.js';
import type { Cell, Plan, Warning } from './record.js';
import type { Launch } from './runtimes/launch.js';
import { scenarioNamed } from './scenarios/index.js';
import { type AppFacts, scout } from './scout.js';
import { type Served, type Target, targetOf } from './target.js';
import type { TrialSpec } from './trial.js';
import { trialFolder } from './trial-folder.js';

/** A Node that runs servers, by its label in the plan. */
export interface NodeFacts {
  label: string;
  path: string;
  version: string;
}

/** A plan and the Nodes that it names; of two servers that are compared with each other, the plan of one. */
export interface SideOfPlan {
  side: Cell['side'];
  plan: Plan;
  nodes: readonly NodeFacts[];
}

export interface Prepared {
  plan: ResolvedPlan;
  /** In the order they are to run. */
  trials: TrialSpec[];
}

/**
 * Refuse what cannot be had on these Nodes, before anything is started.
 * @throws BenchError exit code 2
 */
export function assertSupported(
  plan: Plan,
  nodes: readonly NodeFacts[],
  { policy: policyNamed }: Pick<Catalogue, 'policy'>,
  {
    clustersItself,
    transport,
    speaks,
  }: Pick<AppFacts, 'clustersItself' | 'transport'> & { speaks?: 'http' | 'tcp' },
): void {
  const tcpOnly = flagWithout(plan, transport);
  if (tcpOnly !== undefined)
    throw usageError(
      'transport',
      `${tcpOnly.flag}: ${plan.app?.path ?? plan.workload} ${tcpOnly.reason}. Leave it out`,
    );
  for (const { version } of nodes) {
    for (const name of plan.policies) {
      const context = {
        nodeVersion: version,
        app: plan.app?.path ?? null,
        platform: process.platform,
        clustersItself,
        transport,
        ...(speaks && { speaks }),
      };
      const policy = policyNamed(name);
      const reason = policy.unsupported(context);
      if (reason !== undefined) throw usageError('unsupported', reason);
      assertScenario(plan, policy, transport);
    }
  }
}

function assertScenario({ scenario: name, workers }: Plan, policy: Policy, transport: Transport): void {
  if (name === null) return;
  const { isLate, unsupported } = scenarioNamed(name);
  if (isLate && workers.includes(1))
    throw usageError(
      'unsupported',
      `--scenario ${name} and --workers ${workers}: there is to be a worker beside the late one; use 2 or more`,
    );
  const reason =
    transport === 'udp' ? 'what is watched are connections, and datagrams have none' : unsupported(policy);
  if (reason !== undefined)
    throw usageError('unsupported', `--scenario ${name}: ${reason}. Leave one of the two out`);
}

/** A flag of the plan that does nothing for what this transport carries, and why. */
function flagWithout(
  { host, port, localAddresses }: Plan,
  transport: Transport,
): { flag: string; reason: string } | undefined {
  const [moves] = [
    ...(port === null ? [] : [`--port ${port}`]),
    ...(host === null ? [] : [`--host ${host}`]),
  ];
  if (transport === 'udp' && moves !== undefined)
    return { flag: moves, reason: 'binds a UDP port, which bench does not move' };
  if (transport !== 'unix') return undefined;
  const from = localAddresses.length > 0 ? `--local-addresses ${localAddresses.join(',')}` : undefined;
  const flag = moves ?? from;
  return flag === undefined ? undefined : { flag, reason: 'listens on a UNIX-domain socket, which has none' };
}

/**
 * Learn what the plan leaves open (one scout launch per Node, of an app that is not ours) and lay out every trial: those of
 * two sides in the same blocks.
 * @throws BenchError when an app cannot be served or driven as asked
 */
export async function prepare(
  plan: Plan,
  sides: readonly SideOfPlan[],
  context: PrepareContext,
): Promise<Prepared> {
  const prepared: PreparedSide[] = [];
  for (const side of sides) prepared.push(await prepareSide(side, context));
  assertAlike(prepared.map(({ plan: { workload, driver } }) => ({ workload, driver })));
  const cells = prepared.flatMap((each) => each.cells);
  const trials = orderTrials(cells, plan.runs, plan.seed).map(({ cell, run }, index) => {
    const { specOf } = prepared.find(({ side }) => side === cell.side) as PreparedSide;
    return specOf(cell, run, plan.seed + index);
  });
  const [first, second] = prepared.map((each) => each.plan) as [ResolvedPlan, ResolvedPlan?];
  if (plan.sides === null || second === undefined) return { plan: first, trials };
  const { workload, driver, rate } = first;
  const union = <T>(of: (side: ResolvedPlan) => T[]) => [...new Set([...of(first), ...of(second)])];
  const resolved = {
    ...{ ...plan, workload, driver, rate },
    workers: union(({ workers }) => workers),
    nodes: union(({ nodes }) => nodes),
  };
  return { plan: resolved, trials };
}

export interface PrepareContext {
  launch: Launch;
  signal: AbortSignal;
  catalogue: Catalogue;
}

interface PreparedSide {
  side: Cell['side'];
  plan: ResolvedPlan;
  cells: Cell[];
  specOf(cell: Cell, run: number, seed: number): TrialSpec;
}

async function prepareSide(
  { side, plan, nodes }: SideOfPlan,
  context: PrepareContext,
): Promise<PreparedSide> {
  const { catalogue } = context;
  const target = targetOf(plan, catalogue.workload(plan.workload));
  const facts = new Map<string, AppFacts>();
  for (const node of nodes) {
    const known = target.known ?? (await look(plan, target, node, context));
    assertSupported(plan, [node], catalogue, known);
    assertReaches(plan.localAddresses, known.host, target.label);
    facts.set(node.label, known);
  }
  const first = facts.get(nodes[0]?.label ?? '') as AppFacts;
  const served = target.served(first);
  await assertDriven(served, target.label);
  const { exchange, tls } = served.load;
  const speaks = exchange.kind === 'http' && tls === null ? 'http' : 'tcp';
  for (const node of nodes)
    assertSupported(plan, [node], catalogue, { ...(facts.get(node.label) as AppFacts), speaks });
  const resolved = resolvePlan(plan, nodes, served, first);
  const specOf = (cell: Cell, run: number, seed: number): TrialSpec => {
    const { askedPort, transport, listens, clustersItself, others } = facts.get(cell.node) as AppFacts;
    const node = nodes.find(({ label }) => label === cell.node)?.path ?? process.execPath;
    return {
      cell,
      run,
      policy: catalogue.policy(cell.policy),
      server: {
        node,
        app: served.app,
        clustersItself,
        workers: cell.workers,
        speaks,
        askedPort,
        port: plan.port,
        host: plan.host,
        weights: plan.weights,
        seed,
      },
      transport,
      listens,
      label: isOurs(cell.policy) ? target.label : `${target.label} under ${cell.policy}`,
      load: served.load,
      scenario: plan.scenario === null ? null : scenarioNamed(plan.scenario),
      pinning: { client: plan.clientCpus, server: plan.serverCpus },
      threads: plan.threads,
      durationSeconds: plan.durationSeconds,
      requests: plan.requests,
      warmupSeconds: plan.warmupSeconds,
      timeoutSeconds: plan.timeoutSeconds,
      seed,
      warnings: [
        ...forkWarnings(plan, first),
        ...(others.length === 0 ? [] : [{ code: 'other-listeners', addresses: others }]),
      ],
    };
  };
  const { counts } = target;
  const cells = cellsOf(resolved).map((cell) => ({
    ...cell,
    ...(counts && { counts }),
    ...(side && { side }),
  }));
  return { side, plan: resolved, cells, specOf };
}

/** One of the user's own may be what fails, and is named. */
function isOurs(policy: string): boolean {
  return policies.some(({ name }) => name === policy);
}

function look(
  plan: Plan,
  { label, scouted }: Extract<Target, { known?: never }>,
  node: NodeFacts,
  { launch, signal }: PrepareContext,
): Promise<AppFacts> {
  const { app, protocol } = scouted;
  const folder = trialFolder();
  const workers = plan.workers[0] ?? 1;
  const { port, host, weights, seed } = plan;
  const spec = { node: node.path, app, workers, speaks: 'tcp' as const, port, host, weights, seed, folder };
  const waiting = { label, timeoutMs: plan.timeoutSeconds * 1000, signal };
  return scout(launch, spec, waiting, protocol);
}

/** An app that forks another number than it was asked for has that number, whatever `--workers` says. */
function resolvePlan(
  plan: Plan,
  nodes: readonly NodeFacts[],
  served: Served,
  { forked }: AppFacts,
): ResolvedPlan {
  return {
    ...plan,
    workload: served.workload,
    driver: served.driver,
    rate: served.load.rate,
    nodes: nodes.map(({ label }) => label),
    workers: forked === 0 || forked === plan.workers[0] ? plan.workers : [forked],
  };
}

function forkWarnings(plan: Plan, { forked }: AppFacts): Warning[] {
  const asked = plan.workers[0];
  return forked === 0 || forked === asked ? [] : [{ code: 'workers-differ', asked, forked }];
}

async function assertDriven({ driver, load: { exchange, tls } }: Served, label: string): Promise<void> {
  if (driver === 'autocannon' && tls !== null)
    throw usageError(
      'driver',
      `--driver autocannon: ${label} speaks TLS, which is driven raw. Leave --driver out`,
    );
  const { exchanges } = await driverNamed(driver);
  if (exchanges.includes(exchange.kind)) return;
  const speaks = { http: 'HTTP', datagram: 'UDP' }[exchange.kind as string] ?? 'TCP';
  throw usageError(
    'driver',
    `--driver ${driver} does not drive ${speaks}, which ${label} speaks. Leave --driver out, or say --protocol`,
  );
}

/**
 * What is driven in two ways cannot be compared.
 * @throws BenchError exit code 2
 */
function assertAlike(sides: readonly { workload: string; driver: string }[]): void {
  const [base, candidate] = sides;
  if (base === undefined || candidate === undefined) return;
  if (base.workload !== candidate.workload || base.driver !== candidate.driver)
    throw usageError(
      'sides',
      `the base is driven as ${base.workload} (${base.driver}) and the candidate as ${candidate.workload} (${candidate.driver}): say --protocol or --driver, so that they are driven alike`,
    );
}
