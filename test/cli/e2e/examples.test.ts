import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { app, mainPath, workspace } from '../../helpers/bench.js';
import { thoroughly } from '../../helpers/thorough.js';

const script = fileURLToPath(new URL('../../../../examples/ci/ab.sh', import.meta.url));

thoroughly('the steps of the CI example compare two servers on any machine', async (t) => {
  const { cwd, record } = await workspace(t);
  const server = app('answers-late.cjs');
  const options = ['--runs', '2', '-n', '40', '--warmup', '0', '-w', '1', '-c', '2', '--no-color'];
  const env = { ...process.env, BENCH: `${process.execPath} ${mainPath}` };

  const { stdout } = await promisify(execFile)(script, [server, server, ...options], { cwd, env });

  t.regex(stdout, /── candidate against base ─+ paired by block · 2 pairs ──/);
  t.is((await record('bench-ab.json')).trials.length, 4);
});
