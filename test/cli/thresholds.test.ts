import test from 'ava';
import fc from 'fast-check';
import { parse } from '../../cli/parse.js';
import { thresholdsFor } from '../../cli/thresholds.js';
import { BenchError, exitCode } from '../../harness/errors.js';
import { known, optionsOf } from './known.js';

test('--threshold may be repeated, for a run and for a report', async (t) => {
  const given = ['--threshold', 'p99<20ms', '--threshold=rr:errors==0'];
  for (const command of [await parse(given, known), await parse(['report', 'a.json', ...given], known)]) {
    const { threshold = [] } = (command as { options: Awaited<ReturnType<typeof optionsOf>> }).options;
    t.deepEqual(
      threshold.map(({ text, policy, metric }) => [text, policy, metric.name]),
      [
        ['p99<20ms', undefined, 'p99'],
        ['rr:errors==0', 'rr', 'errors'],
      ],
    );
  }
});

test('a policy of a threshold may go by its other name', async (t) => {
  const { threshold = [] } = await optionsOf('--threshold', 'none:p99<20ms');
  t.deepEqual([threshold[0]?.policy, threshold[0]?.text], ['shared', 'none:p99<20ms']);
});

test('--fail-on takes what it names, and none is nothing', async (t) => {
  t.deepEqual((await optionsOf('--fail-on', 'worse,inconclusive'))['fail-on'], ['worse', 'inconclusive']);
  t.deepEqual((await optionsOf('--fail-on', 'none'))['fail-on'], []);
});

test('a threshold given twice counts once, and one for a policy that the run lacks is refused', async (t) => {
  const { threshold = [] } = await optionsOf(
    ...['--threshold', 'shared:p99<2ms', '--threshold', ' shared:p99<2ms'],
  );
  t.is(thresholdsFor(threshold, { policies: ['rr', 'shared'] }).length, 1);
  t.throws(() => thresholdsFor(threshold, { policies: ['rr', 'shard'] }), {
    instanceOf: BenchError,
    message: '--threshold shared:p99<2ms: the run has no policy shared, but rr, shard; did you mean shard?',
  });
  t.throws(() => thresholdsFor(threshold, { policies: ['rr'] }), {
    message:
      '--threshold shared:p99<2ms: the run has no policy shared, but rr; name one of these, or leave it out for all',
  });
});

const refuses = test.macro({
  title: (_, argv: string) => `refused: bench ${argv}`,
  async exec(t, argv: string, message: string) {
    const error = await t.throwsAsync(parse(argv.split(' '), known), { instanceOf: BenchError });
    t.is(error.message, message);
    t.is(error.exitCode, exitCode.usage);
  },
});

const metric = 'a metric, such as p99, connect.p99, throughput, errors, cpu or fairness.connections.jain';
const condition = "expected a metric, one of < <= > >= == != and a limit, in quotes, such as 'p99<20ms'";

test(refuses, '--threshold', `--threshold: a value is missing; ${condition}`);
test(refuses, '--threshold p99', `--threshold p99: ${condition}`);
test(
  refuses,
  '--threshold throughputs>5',
  `--threshold throughputs>5: expected ${metric}; did you mean throughput?`,
);
test(
  refuses,
  '--threshold p99<20',
  '--threshold p99<20: expected a time with its unit, such as 20ms, 1.5s or 300us, after p99',
);
test(
  refuses,
  '--threshold fairness.connections.verdict!=skewd',
  '--threshold fairness.connections.verdict!=skewd: expected more-even, random-like or skewed, after fairness.connections.verdict; did you mean skewed?',
);
test(
  refuses,
  '--fail-on wors',
  '--fail-on wors: expected worse, threshold, invalid, inconclusive or none; did you mean worse?',
);
test(refuses, '--fail-on none,worse', '--fail-on none,worse: expected none by itself, or what to fail on');

test('any text is a threshold or is refused in one line', async (t) => {
  const text = fc.tuple(fc.constantFrom('p99<', 'errors==', '', 'rr:'), fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(text, async ([before, after]) => {
      try {
        await parse([`--threshold=${before}${after}`], known);
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        t.is(error.exitCode, exitCode.usage);
        t.notRegex(error.message, /[\p{Cc}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 1000 },
  );
  t.pass();
});
