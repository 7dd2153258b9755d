/** The Nodes that BENCH_TEST_NODES names (`18,22,24`), installed where they are not in the cache. */
import test from 'ava';
import { resolveNodes } from '../../harness/nodes.js';
import { workloads } from '../../workloads/index.js';
import { tiny, workspace } from '../helpers/bench.js';
import { unlikePolicies } from '../helpers/policies.js';
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
        app: null,
        clustersItself: false,
        transport: 'tcp' as const,
        speaks: workload === 'http' ? ('http' as const) : ('tcp' as const),
      };
      const had = unlikePolicies.filter((policy) => policy.unsupported(context) === undefined);
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

for (const spec of specs)
  test.serial(`every workload is measured whole on Node ${spec}`, async (t) => {
    t.timeout(120_000);
    const nodes = await resolveNodes([spec], { log: t.log });
    for (const { name } of workloads) {
      const trial = await runOne(t, { policies: ['shared'], workload: name }, nodes);
      assertWhole(t, trial);
      t.is(trial.client.requestsCompleted, 200, name);
    }
  });

/** bench itself, so its client too, on another Node: what it makes connections of is no public API. */
for (const spec of specs.filter((line) => Number.parseInt(line, 10) >= 20))
  test.serial(`bench run by Node ${spec} drives TCP on bare handles`, async (t) => {
    t.timeout(120_000);
    const [node] = await resolveNodes([spec], { log: t.log });
    const { bench, record } = await workspace(t);
    for (const workload of ['connect', 'echo', 'http', 'http-close']) {
      const shell = `shift; exec '${node?.path}' "$@"`;
      const { code, stderr } = await bench(tiny('-l', workload, '--driver', 'raw'), { shell });

      t.deepEqual([code, stderr], [0, 'record: run.json\n']);
      const { environment, trials } = await record();
      t.is(environment.toolNode, node?.version ?? '');
      t.like(trials[0]?.client, { sockets: 'handle', requestsCompleted: 200, requestsFailed: 0, errors: {} });
    }
  });
