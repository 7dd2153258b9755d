import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../cli/index.js';
import { encodeRun } from '../../harness/encode.js';
import { mainPath } from '../helpers/bench.js';
import { median } from './ratios.js';
import { variedRun } from './varied-run.js';

const cells = 50;
const runs = 20;
const rounds = 3;
const plan = { policies: ['rr', 'shared', 'handle', 'strict', 'random'], workers: [4, 8], runs: 1 };
const formats = ['html', 'markdown', 'csv', 'json', 'hgrm'];

/** Says on stderr, when the process ends, what it took. */
const confession = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(2, '\\n' + process.resourceUsage().maxRSS * 1024));`)}`;

/**
 * The time and memory of what reads a record of 50 cells × 20 trials, made of ten real trials: `bench report` at most 1 s.
 * That of http reckons with connections kept whole, which it throws at random 4,096 times for each trial.
 */
export async function reading(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cluster-bench-'));
  const file = (name: string) => path.join(folder, name);
  try {
    console.log(`  node -e 0: ${describe([], ['-e', '0'])}`);
    for (const workload of ['connect', 'http']) {
      const base = await run({ ...plan, workload });
      for (const [index, name] of ['one.json', 'other.json'].entries()) {
        const target = openSync(file(name), 'w');
        const startedAt = `2026-07-0${index + 1}T12:00:00.000Z`;
        for (const piece of encodeRun({ ...variedRun(base, cells, runs, index), startedAt }))
          writeSync(target, piece);
      }
      console.log(
        `  ${workload}: ${cells} × ${runs} trials, ${Math.round(statSync(file('one.json')).size / 1e6)} MB`,
      );
      const verbs: [name: string, args: string[]][] = [
        ['report', ['report', file('one.json')]],
        ...formats.map((format): [string, string[]] => [
          `report --format ${format}`,
          ['report', file('one.json'), '--format', `${format}=${file(`report.${format}`)}`],
        ]),
        ['compare', ['compare', file('one.json'), file('other.json')]],
        ['history', ['history', file('one.json'), file('other.json')]],
      ];
      for (const [name, args] of verbs)
        console.log(`    ${name}: ${describe(['--import', confession, mainPath], args)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `1.02 s, 265 MB`: medians of some rounds. */
function describe(node: readonly string[], args: readonly string[]): string {
  const found = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    const { stderr } = spawnSync(process.execPath, [...node, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return {
      seconds: (performance.now() - startedAt) / 1000,
      bytes: Number(stderr.trim().split('\n').at(-1)),
    };
  });
  const seconds = median(found.map((each) => each.seconds)).toFixed(2);
  const megabytes = Math.round(median(found.map(({ bytes }) => bytes)) / 1e6);
  return megabytes > 0 ? `${seconds} s, ${megabytes} MB` : `${seconds} s`;
}
