import { delimiter, dirname, join } from 'node:path';
import { ownFile } from '../own-files.js';
import type { ClusterSettings } from './cluster/settings.js';
import type { ProcessSpec } from './launch.js';
import type { ProxySettings } from './proxy/settings.js';

/** A server under test, as a runtime is asked to start it. */
export interface ServerSpec {
  /** Path of the Node that runs it. */
  node: string;
  app: { path: string; args: readonly string[] };
  /** The app forks its own workers. */
  clustersItself: boolean;
  workers: number;
  /** HTTP in the clear, or whatever goes over TCP. */
  speaks: 'http' | 'tcp';
  /** The port that the app asks for by itself; null when not known. */
  askedPort: number | null;
  /** Where it is to listen instead; null leaves it alone. */
  port: number | null;
  host: string | null;
  /** By slot; none where all weigh the same. Of schedulers that weigh. */
  weights: readonly number[];
  /** 32 bits: what a scheduler draws its lots from. */
  seed: number;
  /** The trial's folder, which the probes write into. */
  folder: string;
  /** Of a scenario in which workers have something to do; the id of the one that is held back. */
  scenario?: { lateId: number | null };
  /** Its primary is to write down what it and its workers tell each other. */
  traced?: boolean;
}

const preloads = {
  probe: ownFile('harness/probe/preload.cjs'),
  arrange: ownFile('harness/runtimes/arrange.cjs'),
  parallelism: ownFile('harness/runtimes/parallelism.cjs'),
  cluster: ownFile('harness/runtimes/cluster/worker.cjs'),
  trace: ownFile('harness/runtimes/trace.cjs'),
  scenario: ownFile('harness/runtimes/scenario.cjs'),
};
const primaryPath = ownFile('harness/runtimes/primary.js');
const pm2Path = ownFile('harness/runtimes/pm2.cjs');
const eggPath = ownFile('harness/runtimes/egg.cjs');
const proxyPath = ownFile('harness/runtimes/proxy/primary.js');
const ownPrimaryPath = ownFile('harness/runtimes/cluster/primary.js');

/** One process that runs the app, with nothing between it and its port. */
export function singleProcess(server: ServerSpec): ProcessSpec {
  return nodeProcess(server, [server.app.path, ...server.app.args]);
}

/** Node's own cluster: under our primary, or under the app's where it clusters itself. */
export function builtinCluster(
  server: ServerSpec,
  arrangement: { schedulingPolicy: 'rr' | 'none'; reusePort?: boolean },
): ProcessSpec {
  const env = { NODE_CLUSTER_SCHED_POLICY: arrangement.schedulingPolicy };
  const args = [server.app.path, ...server.app.args];
  return server.clustersItself
    ? nodeProcess(server, args, { ...arrangement, env: { ...env, ...toldWorkers(server.workers) } })
    : nodeProcess(server, [primaryPath, String(server.workers), ...args], { ...arrangement, env });
}

/** Our own cluster: with this scheduler in its primary, or with sockets that the workers share. */
export function ownCluster(
  server: ServerSpec,
  arrangement: Pick<ClusterSettings, 'scheduler' | 'sendsServer'>,
): ProcessSpec {
  const { weights, seed } = server;
  const settings: ClusterSettings = { ...arrangement, weights, seed };
  const args = [ownPrimaryPath, String(server.workers), server.app.path, ...server.app.args];
  return nodeProcess(server, args, { env: { CLUSTER_BENCH_CLUSTER: JSON.stringify(settings) } });
}

/** As many processes of the app as there are workers, each on a port of its own, and nginx before them. */
export function proxied(
  server: ServerSpec,
  arrangement: Pick<ProxySettings, 'nginx' | 'balancing'>,
): ProcessSpec {
  const { speaks, askedPort, folder } = server;
  const settings: ProxySettings = {
    ...arrangement,
    speaks,
    askedPort,
    folder,
    host: server.host ?? '127.0.0.1',
    port: server.port ?? 0,
  };
  const args = [proxyPath, String(server.workers), server.app.path, ...server.app.args];
  const env = { CLUSTER_BENCH_PROXY: JSON.stringify(settings) };
  return nodeProcess({ ...server, port: null, host: null }, args, { env });
}

/** Of a trial's folder. */
export const pm2Home = 'pm2';

/** pm2 in the foreground, with as many workers of the app in its cluster mode, and a home of its own. */
export function pm2Cluster(server: ServerSpec, installed: { folder: string }): ProcessSpec {
  const { node, app, workers, folder } = server;
  const args = [pm2Path, join(installed.folder, 'bin/pm2-runtime'), String(workers), app.path, ...app.args];
  return nodeProcess(server, args, {
    env: {
      NODE_CLUSTER_SCHED_POLICY: 'rr',
      PM2_HOME: join(folder, pm2Home),
      // pm2 asks the `node` that it finds there what it can do.
      PATH: [dirname(node), process.env.PATH].filter(Boolean).join(delimiter),
      PM2_DISABLE_VERSION_CHECK: 'true',
    },
  });
}

/** egg-cluster's primary, with its agent and as many workers, which run the app. */
export function eggCluster(server: ServerSpec, installed: { folder: string }): ProcessSpec {
  const { app, workers, folder } = server;
  const args = [eggPath, installed.folder, String(workers), join(folder, 'egg'), app.path, ...app.args];
  const level = 'ERROR';
  return nodeProcess(server, args, {
    env: {
      NODE_CLUSTER_SCHED_POLICY: 'rr',
      EGG_MASTER_LOGGER_LEVEL: level,
      EGG_APP_WORKER_LOGGER_LEVEL: level,
      EGG_AGENT_WORKER_LOGGER_LEVEL: level,
    },
  });
}

function toldWorkers(workers: number): Record<string, string> {
  return { CLUSTER_BENCH_WORKERS: String(workers), WEB_CONCURRENCY: String(workers) };
}

/** A process of the Node of `server` with the probe in it, and what else it needs. */
export function nodeProcess(
  { node, askedPort, port, host, folder, scenario, traced }: ServerSpec,
  args: readonly string[],
  { reusePort = false, env = {} }: { reusePort?: boolean; env?: Record<string, string> } = {},
): ProcessSpec {
  const rearranged = port !== null || host !== null || reusePort;
  const arrangement = {
    askedPort,
    ...(port === null ? {} : { port }),
    ...(host === null ? {} : { host }),
    reusePort,
  };
  // The probe comes last, so that its `listen` is the outermost and sees what the app itself asked for.
  const required = [
    ...('CLUSTER_BENCH_CLUSTER' in env ? [preloads.cluster] : []),
    ...('CLUSTER_BENCH_WORKERS' in env ? [preloads.parallelism] : []),
    ...(rearranged || 'CLUSTER_BENCH_PROXY' in env ? [preloads.arrange] : []),
    preloads.probe,
    ...(traced ? [preloads.trace] : []),
    // Holds back what has told that it is there.
    ...(scenario === undefined ? [] : [preloads.scenario]),
  ];
  return {
    command: node,
    args,
    folder,
    env: {
      ...process.env,
      ...env,
      NODE_OPTIONS: nodeOptions(required),
      CLUSTER_BENCH_PROBE: folder,
      ...(scenario && { CLUSTER_BENCH_SCENARIO: JSON.stringify({ folder, ...scenario }) }),
      ...(rearranged ? { CLUSTER_BENCH_LISTEN: JSON.stringify(arrangement) } : {}),
    },
  };
}

/** The user's NODE_OPTIONS and then ours; a path is quoted as `node --help` says, since it may hold spaces. */
function nodeOptions(required: readonly string[]): string {
  const ours = required.map((file) => `--require "${file.replaceAll(/["\\]/g, '\\$&')}"`);
  return [process.env.NODE_OPTIONS, ...ours].filter(Boolean).join(' ');
}
