import { ab as compareServers } from '../../cli/index.js';
import { fixture } from '../helpers/fixture.js';

/** In pairs: 60, which is what `bench ab` goes to, would take two hours here. */
const same = { count: 20, runs: { fewestRuns: 12, runs: 27 } };
const slowed = { count: 10, runs: {} };
const side = (spin: string) => ({ app: { path: fixture('apps/spins.cjs'), args: [spin] } });

/**
 * Whole sessions of `bench ab` on real servers: of one server with itself none may be worse; of one that spins for a fifth of its
 * own time more, all.
 */
export async function ab(): Promise<void> {
  for (const [title, spin, { count, runs }] of [
    ['one server with itself', '1', same],
    ['20 % more CPU per request', '1.2', slowed],
  ] as const) {
    const verdicts: Record<string, number> = {};
    let pairs = 0;
    for (let session = 1; session <= count; session += 1) {
      const plan = {
        workers: [1],
        connections: 8,
        durationSeconds: 0.5,
        warmupSeconds: 0.3,
        workload: 'http',
        ...runs,
      };
      const { comparison } = await compareServers({ base: side('1'), candidate: side(spin) }, plan);
      const deciding = comparison?.metrics.filter(({ gates }) => gates) ?? [];
      const isWorse = deciding.some(({ verdict }) => verdict === 'worse');
      const verdict = isWorse ? 'worse' : deciding.map((each) => each.verdict).join(' and ');
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      pairs += comparison?.trials.base ?? 0;
      const shown = deciding.map(({ metric, ratio }) => `${metric.name} ${ratio?.toFixed(3)}×`).join(', ');
      console.log(
        `  ${title}, session ${session} of ${count}: ${verdict} (${shown}; ${comparison?.trials.base} pairs)`,
      );
    }
    console.log(`  ${title}: ${JSON.stringify(verdicts)}, ${(pairs / count).toFixed(1)} pairs on average`);
  }
}
