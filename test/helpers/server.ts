/** A server under a policy, started as a trial starts it, without a load. */
import { once } from 'node:events';
import http from 'node:http';
import type { ExecutionContext } from 'ava';
import { drivenAddress } from '../../harness/driven.js';
import { freePort } from '../../harness/free-port.js';
import type { Policy } from '../../harness/policies/policy.js';
import { type ListenEvent, readProbes } from '../../harness/probe/reader.js';
import { listening, viewServer, type WorkerView } from '../../harness/probe/server-view.js';
import { type Launched, launch } from '../../harness/runtimes/launch.js';
import { temporaryFolder } from './temporary.js';
import { until } from './until.js';

export interface StartedServer {
  /** Those that live and listen, by slot. */
  live(): WorkerView[];
  /** Ask so many times, each over a connection of its own, and fail unless all are answered with 200. */
  answers(times: number): Promise<void>;
  target: { host: string; port: number };
}

interface Wanted {
  workers: number;
  app: { path: string; args: readonly string[] };
  askedPort?: number;
  speaks?: 'http' | 'tcp';
}

export async function startServer(
  t: ExecutionContext,
  policy: Policy,
  wanted: Wanted,
): Promise<StartedServer> {
  const server = await launchUnder(t, policy, wanted);
  server.stdout.resume();
  const isDriven = ({ port }: ListenEvent) => port !== undefined;
  const view = () => viewServer(readProbes(server.folder), server.pid);
  const live = () =>
    view()
      .workers.filter(({ exit, reading }) => exit === undefined && listening(reading).some(isDriven))
      .toSorted((one, other) => one.slot - other.slot);
  const isReady = () => policy.mechanism !== 'proxy' || view().proxy !== undefined;
  await until(() => live().length === wanted.workers && isReady());
  const { target } = drivenAddress(view(), isDriven);
  if (!('port' in target)) throw new Error('the server listens on a path');
  return {
    live,
    target,
    async answers(times) {
      for (let index = 0; index < times; index += 1) {
        const request = http.get({ ...target, agent: false });
        const [response] = (await once(request, 'response')) as [http.IncomingMessage];
        response.resume();
        t.is(response.statusCode, 200);
      }
    },
  };
}

export async function launchUnder(
  t: ExecutionContext,
  policy: Policy,
  { workers, app, askedPort = 0, speaks = 'http' }: Wanted,
): Promise<Launched & { folder: string }> {
  const folder = await temporaryFolder(t);
  const port = policy.fixedPort ? await freePort() : null;
  const { folder: _made, ...spec } = policy.start({
    node: process.execPath,
    app,
    clustersItself: false,
    workers,
    speaks,
    askedPort,
    port,
    host: null,
    weights: [],
    seed: 1,
    folder,
  });
  const server = await launch(spec);
  t.teardown(() => server.stop(0));
  return { ...server, folder };
}
