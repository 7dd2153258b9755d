/** A server in our own cluster runtime, and requests to it, each over a connection of its own. */
import { once } from 'node:events';
import http from 'node:http';
import type { ExecutionContext } from 'ava';
import { readProbes } from '../../harness/probe/reader.js';
import { listening, viewServer, type WorkerView } from '../../harness/probe/server-view.js';
import { launch } from '../../harness/runtimes/launch.js';
import { ownCluster } from '../../harness/runtimes/server.js';
import { fixture } from './fixture.js';
import { temporaryFolder } from './temporary.js';
import { until } from './until.js';

export interface OwnCluster {
  port: number;
  /** Those that live and listen, by slot. */
  workers(): WorkerView[];
  /** Of the worker that lives there. */
  pid(slot: number): number;
  /** The first number of the answer, which is a PID. */
  ask(path?: string, localAddress?: string): Promise<number>;
  lastWords(): string[];
  exited: Promise<unknown>;
}

export interface Wanted {
  scheduler?: string;
  workers?: number;
  app?: string;
  args?: readonly string[];
  /** Wait until all listen; otherwise nothing is waited for. */
  ready?: boolean;
  env?: Record<string, string>;
}

export async function startCluster(
  t: ExecutionContext,
  { scheduler = 'strict', workers = 3, app = 'worker.cjs', args = [], ready = true, env = {} }: Wanted = {},
): Promise<OwnCluster> {
  const folder = await temporaryFolder(t);
  const server = {
    node: process.execPath,
    app: { path: fixture(`cluster-apps/${app}`), args },
    clustersItself: false,
    workers,
    speaks: 'http' as const,
    ...{ askedPort: null, port: null, host: null, weights: [], seed: 1, folder },
  };
  const { folder: _made, ...spec } = ownCluster(server, { scheduler });
  const launched = await launch({ ...spec, env: { ...spec.env, ...env } });
  t.teardown(() => launched.stop(0));
  launched.stdout.resume();
  const live = () =>
    viewServer(readProbes(folder), launched.pid)
      .workers.filter(({ exit, reading }) => exit === undefined && listening(reading).length > 0)
      .toSorted((one, other) => one.slot - other.slot);
  if (ready) await until(() => live().length === workers);
  const { port = 0 } = listening(live()[0]?.reading)[0] ?? {};
  return {
    port,
    workers: live,
    pid(slot) {
      const worker = live().find((each) => each.slot === slot);
      if (worker === undefined) throw new Error(`nobody listens in slot ${slot}`);
      return worker.pid;
    },
    async ask(path = '/', localAddress = '127.0.0.1') {
      const request = http.get({ port, host: '127.0.0.1', path, localAddress, agent: false });
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      const answer = await response.setEncoding('utf8').toArray();
      return Number.parseInt(answer.join(''), 10);
    },
    lastWords: () => launched.lastWords(),
    exited: launched.exited,
  };
}
