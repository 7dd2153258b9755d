/** The Nodes that BENCH_TEST_NODES names (`18,22,24`), installed where they are not in the cache. */
import test from 'ava';
import { resolveNodes } from '../../harness/nodes.js';
import { policies } from '../../harness/policies/index.js';
import { assertWhole, runOne } from '../helpers/trials.js';

const specs = (process.env.BENCH_TEST_NODES ?? '').split(',').filter(Boolean);

if (specs.length === 0) test.skip('other Nodes are tested where BENCH_TEST_NODES names them', () => {});

for (const spec of specs) {
  for (const workload of ['connect', 'http']) {
    test.serial(`${workload} is measured whole under every policy that Node ${spec} has`, async (t) => {
      t.timeout(120_000);
      const nodes = await resolveNodes([spec], { log: t.log });
      const context = {
        nodeVersion: nodes[0]?.version ?? '',
        platform: process.platform,
        clustersItself: false,
        transport: 'tcp' as const,
      };
      const had = policies.filter((policy) => policy.unsupported(context) === undefined);
      t.true(had.length >= 3);

      for (const policy of had) {
        const trial = await runOne(t, { policies: [policy.name], workload }, nodes);

        assertWhole(t, trial);
        t.is(trial.mechanism.detected, policy.mechanism);
        t.is(trial.client.requestsCompleted, 200);
      }
    });
  }
}
