import test from 'ava';
import { workspace } from '../../helpers/bench.js';

test.serial('doctor tells what spoils a measurement here, as data and on one screen', async (t) => {
  const { bench } = await workspace(t);
  const { code, stdout, stderr } = await bench(['doctor', '--json', '--quiet']);

  t.deepEqual([code, stderr], [0, '']);
  const { checks, facts, timers, ceiling, noise } = JSON.parse(stdout);
  t.is(checks.length, 8);
  t.true(facts.availableParallelism > 0);
  t.true(timers.setTimeout.p99 >= timers.setTimeout.p50 && timers.pacer.p99 >= timers.pacer.p50);
  t.true(ceiling.connections > 0 && ceiling.requests > 0);
  t.true(noise.detectable > 0 && noise.trials > 2);
});

test.serial('doctor refuses what it does not take', async (t) => {
  const { bench } = await workspace(t);
  t.is((await bench(['doctor', '-w', '2'])).code, 2);
  t.is((await bench(['doctor', './app.js'])).code, 2);
});
