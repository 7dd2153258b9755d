import test from 'ava';
import fc from 'fast-check';
import { BenchError, type ExitCode, exitCode, strongestExitCode, usageError } from '../../harness/errors.js';

/** As design and docs give it: 130/143, 2, 1, 99, 98, 97. */
const precedence: ExitCode[] = [130, 143, 2, 1, 99, 98, 97];

test('nothing wrong is exit code 0', (t) => {
  t.is(strongestExitCode([]), 0);
  t.is(strongestExitCode([0, 0]), 0);
});

test('of several exit codes the first in the order of precedence wins, however they are listed', (t) => {
  const codes = fc.uniqueArray(fc.constantFrom(...precedence, exitCode.fine), { minLength: 1 });
  const property = fc.property(codes, (held) => {
    t.is(strongestExitCode(held), precedence.find((code) => held.includes(code)) ?? 0);
  });
  fc.assert(property);
});

test('an error of the user is a failed trial unless it says otherwise', (t) => {
  const error = new BenchError('app-failed', 'it ended');

  t.is(error.exitCode, 1);
  t.is(error.name, 'BenchError');
  t.deepEqual(error.details, []);
});

test('a usage error exits with 2 and keeps its cause', (t) => {
  const cause = new Error('why');
  const error = usageError('bad-option', 'no', cause);

  t.is(error.exitCode, 2);
  t.is(error.code, 'bad-option');
  t.is(error.cause, cause);
});
