/**
 * Which policy suits an app? Prints a line for each, best p99 first.
 *
 *     node examples/compare-policies.mjs [server]
 */
import { fileURLToPath } from 'node:url';
import { run, summarize } from 'cluster-bench';

const [path = fileURLToPath(new URL('./server.mjs', import.meta.url))] = process.argv.slice(2);

const record = await run(
  {
    app: { path, args: [] },
    port: 0, // Wherever there is room: the app's own port may be in use.
    policies: ['rr', 'shared', 'strict'],
    workers: [2],
    paths: ['/', '/', '/', '/report'],
    durationSeconds: 1,
    runs: 3,
  },
  { trialStarted: ({ cell, run }) => console.error(`${cell.policy}, run ${run}`) },
);

const cells = summarize(record).toSorted((a, b) => a.latency.response.p99 - b.latency.response.p99);
for (const { cell, throughput, latency, fairness, validTrials, trials } of cells) {
  const { jain, verdict } = fairness.connections;
  console.log(
    [
      cell.policy.padEnd(8),
      `${Math.round(throughput.median)} ${throughput.unit}`.padEnd(18),
      `p99 ${(latency.response.p99 / 1000).toFixed(1)} ms`.padEnd(14),
      `Jain ${jain.median.toFixed(4)}, ${verdict}`.padEnd(26),
      `${validTrials} of ${trials} trials valid`,
    ].join('  '),
  );
}
