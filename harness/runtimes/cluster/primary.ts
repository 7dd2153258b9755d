/**
 * The primary of our own cluster, for an app that only listens. Run as `node primary.js <workers> <app> [argument…]`; the
 * rest stands in CLUSTER_BENCH_CLUSTER ({@link ClusterSettings}).
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { Cluster } from './cluster.js';
import { schedulers } from './schedulers/index.js';
import type { ClusterSettings } from './settings.js';

const [workers, exec, ...args] = process.argv.slice(2);
const settings = JSON.parse(process.env.CLUSTER_BENCH_CLUSTER ?? '') as ClusterSettings;
const generator = xoroshiro128plus(settings.seed);
const kind = schedulers.find(({ name }) => name === settings.scheduler);

new Cluster({
  exec: String(exec),
  args,
  workers: Number(workers),
  weights: settings.weights,
  scheduler: kind?.create({ random: () => uniformFloat64(generator) }) ?? null,
}).start();
