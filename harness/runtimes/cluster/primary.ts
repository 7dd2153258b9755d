/**
 * The primary of our own cluster, for an app that only listens. Run as `node primary.js <workers> <app> [argument…]`; the
 * rest stands in CLUSTER_BENCH_CLUSTER ({@link ClusterSettings}).
 */
import { channel } from 'node:diagnostics_channel';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import layout from '../../probe/layout.cjs';
import { Cluster } from './cluster.js';
import { guarded } from './guarded.js';
import { loadScheduler, NoScheduler } from './own-scheduler.js';
import type { SchedulerKind } from './scheduler.js';
import { schedulers } from './schedulers/index.js';
import type { ClusterSettings } from './settings.js';

const [workers, exec, ...args] = process.argv.slice(2);
const settings = JSON.parse(process.env.CLUSTER_BENCH_CLUSTER ?? '') as ClusterSettings;

try {
  const kind = await kindOf(settings);
  new Cluster({
    exec: String(exec),
    args,
    workers: Number(workers),
    weights: settings.weights,
    scheduler: kind === null ? null : schedulerOf(kind, settings),
    sendsServer: settings.sendsServer === true,
    needs: kind?.needs ?? {},
  }).start();
} catch (error) {
  // What the module itself throws is told with where it does.
  if (!(error instanceof NoScheduler)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function kindOf({ scheduler }: ClusterSettings): Promise<SchedulerKind | null> {
  if (scheduler === null) return null;
  if (typeof scheduler !== 'string') return loadScheduler(scheduler);
  const kind = schedulers.find(({ name }) => name === scheduler);
  if (kind === undefined) throw new TypeError(`no scheduler is called ${scheduler}`);
  return kind;
}

function schedulerOf({ create, name }: SchedulerKind, { seed, scheduler }: ClusterSettings) {
  const generator = xoroshiro128plus(seed);
  const made = create({ random: () => uniformFloat64(generator) });
  // Ours are trusted: a look at what they pick costs something with every connection.
  return typeof scheduler === 'string'
    ? made
    : guarded(made, (what) => channel(layout.eventChannel).publish({ type: 'scheduler-failed', name, what }));
}
