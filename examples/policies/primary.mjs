/** `node primary.mjs <workers> <app> [argument…]`: what primary-first.mjs starts. NICE is how far its workers yield, 0 to 19. */
import cluster from 'node:cluster';
import { setPriority } from 'node:os';

const [workers, exec, ...args] = process.argv.slice(2);
cluster.schedulingPolicy = cluster.SCHED_RR;
cluster.setupPrimary({ exec, args });
cluster.on('fork', ({ process: { pid } }) => setPriority(pid, Number(process.env.NICE ?? 0)));
for (let slot = 0; slot < Number(workers); slot += 1) cluster.fork();
