/**
 * `npm run benchmark [name…]`: what is too noisy to be a test. Each prints interleaved ratios with their spread. Run it on
 * a machine that does nothing else.
 */
import { ab } from './ab.js';
import { acceptEvents } from './accepts.js';
import { clientCost } from './client-cost.js';
import { ownCluster } from './own-cluster.js';
import { probeCost } from './probe-cost.js';
import { reading } from './reading.js';
import { sendLag } from './send-lag.js';
import { startUp } from './start-up.js';
import { truth } from './truth.js';
import { verdicts } from './verdicts.js';

const benchmarks: Record<string, () => Promise<void>> = {
  ab,
  accepts: acceptEvents,
  'client-cost': clientCost,
  'own-cluster': ownCluster,
  'probe-cost': probeCost,
  reading,
  'send-lag': sendLag,
  'start-up': startUp,
  truth,
  verdicts,
};
const asked = process.argv.slice(2);

for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  await benchmark();
}
