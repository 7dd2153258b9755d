/**
 * A preload that tells an app which clusters itself how many workers to fork: the machine seems to have
 * `CLUSTER_BENCH_WORKERS` processors. (`WEB_CONCURRENCY` is set in its environment.)
 */
import nodeModule = require('node:module');
import os = require('node:os');

const workers = Number(process.env.CLUSTER_BENCH_WORKERS);
if (workers > 0) {
  const cpus = os.cpus();
  const model = cpus[0] as os.CpuInfo;
  os.cpus = () => Array.from({ length: workers }, (_, index) => cpus[index] ?? model);
  os.availableParallelism = () => workers;
  // ES modules have already bound `import { cpus } from 'node:os'` to the originals.
  nodeModule.syncBuiltinESMExports();
}
