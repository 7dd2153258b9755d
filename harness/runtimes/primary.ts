/**
 * The primary of Node's built-in cluster for an app that only listens. Run as
 * `node primary.js <workers> <app> [argument…]`; the policy comes from NODE_CLUSTER_SCHED_POLICY. A worker that dies
 * after it has lived for a while is replaced; one that dies young is not, or a broken app would fork for ever.
 */
import cluster from 'node:cluster';

const youngMs = 1000;
const [workers, exec, ...args] = process.argv.slice(2);

cluster.setupPrimary({ exec: String(exec), args });
for (let index = 0; index < Number(workers); index += 1) fork();

function fork(): void {
  const startedAt = performance.now();
  cluster.fork().once('exit', () => {
    if (performance.now() - startedAt >= youngMs) fork();
  });
}
