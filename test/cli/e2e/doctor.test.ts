import { readdir } from 'node:fs/promises';
import test from 'ava';
import { workspace } from '../../helpers/bench.js';
import { until } from '../../helpers/until.js';

test.serial('doctor refuses what it does not take', async (t) => {
  const { bench } = await workspace(t);
  t.is((await bench(['doctor', '-w', '2'])).code, 2);
  t.is((await bench(['doctor', './app.js'])).code, 2);
});

test.serial('Ctrl-C ends doctor in the middle of its trials, with nothing said', async (t) => {
  const { start, temporary } = await workspace(t);
  const { pid, result } = start(['doctor', '--quiet']);
  await until(async () => (await readdir(temporary)).length > 0);
  process.kill(-pid, 'SIGINT');

  const { code, stdout, stderr } = await result;
  t.deepEqual([code, stdout, stderr], [130, '', '']);
});
