import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { readProbes } from '../../../harness/probe/reader.js';
import { builtinCluster, type ServerSpec, singleProcess } from '../../../harness/runtimes/server.js';
import { temporaryFolder } from '../../helpers/temporary.js';

async function specFor(t: ExecutionContext, changes: Partial<ServerSpec> = {}): Promise<ServerSpec> {
  const folder = await temporaryFolder(t);
  const app = { path: '/app.js', args: ['one', 'two'] };
  const where = { askedPort: 0, port: null, host: null, weights: [], seed: 1, folder };
  return {
    node: process.execPath,
    app,
    clustersItself: false,
    workers: 3,
    speaks: 'http',
    ...where,
    ...changes,
  };
}

test.serial("the app's own NODE_OPTIONS survive beside the probe", async (t) => {
  const before = process.env.NODE_OPTIONS;
  t.teardown(() => {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  });
  process.env.NODE_OPTIONS = '--max-http-header-size=12345';
  const spec = await specFor(t);

  const { command, env } = singleProcess(spec);
  const args = ['-p', "require('node:http').maxHeaderSize"];
  const { stdout } = await promisify(execFile)(command, args, { env });

  t.is(stdout.trim(), '12345');
  t.is(readProbes(spec.folder).length, 1);
});

test('a server alone is its app and its arguments; nothing is laid over what it listens on', async (t) => {
  const { args, env, folder } = singleProcess(await specFor(t));

  t.deepEqual(args, ['/app.js', 'one', 'two']);
  t.is(env.CLUSTER_BENCH_PROBE, folder);
  t.is(env.CLUSTER_BENCH_LISTEN, undefined);
});

test('a port and a host that are given are laid over those that the app asks for', async (t) => {
  const { env } = singleProcess(await specFor(t, { askedPort: 3000, port: 0, host: '::1' }));

  t.deepEqual(JSON.parse(env.CLUSTER_BENCH_LISTEN ?? ''), {
    askedPort: 3000,
    port: 0,
    host: '::1',
    reusePort: false,
  });
});

test('an app that only listens is forked by our primary, under the policy', async (t) => {
  const { args, env } = builtinCluster(await specFor(t), { schedulingPolicy: 'none' });

  t.deepEqual(args.slice(1), ['3', '/app.js', 'one', 'two']);
  t.is(env.NODE_CLUSTER_SCHED_POLICY, 'none');
  t.is(env.CLUSTER_BENCH_WORKERS, undefined);
});

test('an app that clusters itself is run as it is and told how many workers to fork', async (t) => {
  const { args, env } = builtinCluster(await specFor(t, { clustersItself: true }), {
    schedulingPolicy: 'rr',
  });

  t.deepEqual(args, ['/app.js', 'one', 'two']);
  t.like(env, { NODE_CLUSTER_SCHED_POLICY: 'rr', CLUSTER_BENCH_WORKERS: '3', WEB_CONCURRENCY: '3' });
});
