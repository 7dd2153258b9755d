import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { describeRatios, pairedRatios } from './ratios.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const pairs = 21;

/** The time of `bench --help` ÷ that of a Node that does nothing. */
export async function startUp(): Promise<void> {
  for (const args of [['--help'], ['--version']]) {
    const ratios = await pairedRatios(
      pairs,
      async () => milliseconds([main, ...args]),
      async () => milliseconds(['-e', '0']),
    );
    console.log(`  bench ${args.join(' ')} ÷ node -e 0 = ${describeRatios(ratios)}`);
  }
}

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - start;
}
