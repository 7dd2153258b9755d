import { run } from '../../cli/index.js';
import type { TrialRecord } from '../../harness/record.js';
import { describeRatios } from './ratios.js';

const pairs = 15;

/**
 * Connections/s of our own cluster's round robin ÷ those of Node's, in pairs of whole trials in random order; and the CPU of
 * all server processes per connection. At least 1.0 is asked of the first.
 */
export async function ownCluster(): Promise<void> {
  for (const workers of [2, 4]) {
    const { trials } = await run({
      policies: ['rr', 'strict'],
      workers: [workers],
      workload: 'connect',
      durationSeconds: 1,
      runs: pairs,
    });
    const ratios = (of: (trial: TrialRecord) => number) =>
      Array.from({ length: pairs }, (_, index) => {
        const block = trials.filter((trial) => trial.run === index + 1 && trial.valid);
        const [ours, nodes] = ['strict', 'rr'].map((policy) =>
          block.find(({ cell }) => cell.policy === policy),
        );
        return ours && nodes ? of(ours) / of(nodes) : Number.NaN;
      }).filter((ratio) => !Number.isNaN(ratio));
    console.log(`  strict ÷ rr, ${workers} workers`);
    console.log(`    connections/s      = ${describeRatios(ratios(perSecond))}`);
    console.log(`    CPU per connection = ${describeRatios(ratios(cpuPerConnection))}`);
  }
}

function perSecond({ client, measuredSeconds }: TrialRecord): number {
  return client.completedByDeadline / measuredSeconds;
}

function cpuPerConnection({ front, workers, client }: TrialRecord): number {
  return (
    [...front, ...workers].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / client.requestsCompleted
  );
}
