import test from 'ava';
import { app, tiny, workspace } from '../../helpers/bench.js';
import { firstOf } from '../../helpers/thorough.js';

for (const [index, name] of ['clusters.cjs', 'clusters.mjs'].entries()) {
  firstOf(index)(
    `${name} clusters itself: it follows --workers, and the policy is set from outside`,
    async (t) => {
      const { bench, record } = await workspace(t);
      t.is((await bench(tiny('-p', 'rr,shared', '-w', '3', '-c', '30', app(name)))).code, 0);

      const { trials } = await record();
      t.deepEqual(trials.map(({ mechanism }) => mechanism.detected).sort(), ['round-robin', 'shared']);
      for (const { cell, workers, conservation, warnings, valid } of trials) {
        t.true(valid);
        t.deepEqual([cell.workers, workers.length], [3, 3]);
        t.true(conservation.holds);
        t.false(warnings.some(({ code }) => code === 'workers-differ'));
      }
    },
  );
}

test.serial('it is told each of several numbers of workers', async (t) => {
  const { bench, record } = await workspace(t);
  t.is((await bench(tiny('-w', '1,3', app('clusters.cjs')))).code, 0);
  const { trials } = await record();
  t.deepEqual(trials.map(({ workers }) => workers.length).sort(), [1, 3]);
});

test.serial('k is what the app forked where that is another number, and a warning says so', async (t) => {
  const { bench, record } = await workspace(t);
  const { code, stdout } = await bench(tiny('-w', '2', app('clusters.cjs'), '--', '3'));

  t.is(code, 0);
  const [trial] = (await record()).trials;
  t.deepEqual([trial?.cell.workers, trial?.workers.length], [3, 3]);
  t.deepEqual(
    trial?.warnings.filter((warning) => warning.code === 'workers-differ'),
    [{ code: 'workers-differ', asked: 2, forked: 3 }],
  );
  t.regex(stdout.replaceAll(/\s+/g, ' '), /! [^!]*\b3 workers\b/);
});

test.serial(
  'an app that forks with an environment of its own loses the probe, which is said and invalid',
  async (t) => {
    const { bench } = await workspace(t);
    const { code, stdout, stderr } = await bench(tiny(app('clusters.cjs'), '--', '2', 'own'));

    t.deepEqual([code, stdout], [98, '']);
    t.regex(stderr, /^bench: .*clusters\.cjs forks workers with an environment of their own .*NODE_OPTIONS/);
    t.is(stderr.trimEnd().split('\n').length, 1);
  },
);
