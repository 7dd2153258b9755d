/**
 * A measurement that is part of a program: progress as it comes, Ctrl-C that keeps what there is, files of every kind, and an
 * exit code for CI.
 *
 *     node examples/from-a-script.mjs [folder]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BenchError, exitCodeOf, render, run } from 'cluster-bench';

const [folder = 'bench-results'] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
let [done, total] = [0, 0];

try {
  const record = await run(
    { policies: ['rr', 'shared'], workers: [2], workload: 'http', durationSeconds: 1, runs: 3 },
    {
      output: path.join(folder, 'run.json'),
      thresholds: ['errors==0', 'fairness.connections.jain>=0.5'],
      signal: interrupt.signal,
      planned(trials) {
        total = trials.length;
      },
      trialFinished({ cell, valid, warnings }) {
        done += 1;
        console.error(`${done} of ${total}: ${cell.policy}${valid ? '' : ', not valid'}`);
        for (const { code } of warnings) console.error(`  ! ${code}`);
      },
    },
  );
  await writeFile(path.join(folder, 'run.html'), await render(record, 'html'));
  for (const { name, text } of await render(record, 'csv'))
    await writeFile(path.join(folder, `run.${name}.csv`), text);
  process.stdout.write(await render(record, 'terminal'));
  process.exitCode = exitCodeOf(record);
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
