import test from 'ava';
import { exitCodesFor, exitCodesOfRun } from '../../cli/fail-on.js';
import { strongestExitCode } from '../../harness/errors.js';
import { buildRun, buildTrial } from '../reports/build-run.js';

const all = { worse: true, threshold: true, invalid: true, inconclusive: true };

test('unless told otherwise all but an inconclusive result fails', (t) => {
  t.deepEqual(exitCodesFor(undefined, all), [99, 99, 98]);
  t.deepEqual(exitCodesFor(undefined, { inconclusive: true }), []);
});

test('what --fail-on does not name is not told', (t) => {
  t.deepEqual(exitCodesFor(['inconclusive'], all), [97]);
  t.deepEqual(exitCodesFor(['invalid', 'worse'], { threshold: true, invalid: true }), [98]);
  t.deepEqual(exitCodesFor([], all), []);
});

test('a missed threshold goes before an invalid trial, and a trial that failed before both', (t) => {
  const cell = null;
  const thresholds = [
    { threshold: 'errors==0', cell, unit: 'number', value: 1, limit: 0, passed: false },
  ] as const;
  const invalid = buildTrial({}, { valid: false, error: { code: 'conservation', message: 'lost' } });
  const failed = buildTrial({ run: 2 }, { valid: false, error: { code: 'app-failed', message: 'it ended' } });
  const codeOf = (
    ...[trials, failOn]: [Parameters<typeof buildRun>[0], Parameters<typeof exitCodesOfRun>[1]?]
  ) => strongestExitCode(exitCodesOfRun(buildRun(trials, { thresholds: [...thresholds] }), failOn));

  t.is(codeOf([buildTrial()]), 99);
  t.is(codeOf([invalid]), 99);
  t.is(codeOf([invalid], ['invalid']), 98);
  t.is(codeOf([invalid], []), 0);
  t.is(codeOf([invalid, failed]), 1);
  t.is(codeOf([failed], []), 1);
});
