import { run } from '../../cli/index.js';

const runs = 9;

/**
 * How late our client is at 5,000/s beside two servers, once they are warm: at most 1 ms at p99 is asked. The quarters of the
 * window tell whether it was: a server that is still being compiled takes the client's CPU.
 */
export async function sendLag(): Promise<void> {
  for (const warmupSeconds of [0.5, 2]) {
    const { trials } = await run({
      policies: ['rr'],
      workers: [2],
      workload: 'http',
      rate: 5000,
      durationSeconds: 3,
      warmupSeconds,
      runs,
    });
    const p99s = trials.map(({ client }) => (client.sendLag?.p99 ?? Number.NaN) / 1e3).toSorted(ascending);
    const quarters = [0, 1, 2, 3].map((quarter) =>
      median(trials.map(({ client }) => client.sendLagQuartersMs?.[quarter] ?? Number.NaN)),
    );
    console.log(`  5,000/s, ${warmupSeconds} s of warm-up, ${runs} trials`);
    console.log(`    p99             = ${p99s.map((p99) => p99.toFixed(2)).join(', ')} ms`);
    console.log(`    mean by quarter = ${quarters.map((mean) => mean.toFixed(3)).join(', ')} ms`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted(ascending)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ascending(one: number, other: number): number {
  return one - other;
}
