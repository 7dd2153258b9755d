import test from 'ava';
import { noiseOf } from '../../../harness/doctor/noise.js';
import type { TrialRecord } from '../../../harness/record.js';

/** Trials of one second with so many requests each. */
const trials = (...requests: number[]) =>
  requests.map(
    (completedByDeadline) =>
      ({ valid: true, measuredSeconds: 1, client: { completedByDeadline } }) as unknown as TrialRecord,
  );

test('trials that are all alike can show any difference', (t) => {
  t.like(noiseOf(trials(100, 100, 100, 100)), { trials: 4, logDeviation: 0, detectable: 0 });
});

test('the deviation is that of the logarithm, and what can be shown follows from it', (t) => {
  const noise = noiseOf(trials(100, 110, 100, 110));

  // Four logarithms at ± d ÷ 2 of their mean, d = ln 1.1: s = d ÷ √3.
  const deviation = Math.log(1.1) / Math.sqrt(3);
  t.true(Math.abs((noise?.logDeviation ?? 0) - deviation) < 1e-12);
  t.true(Math.abs((noise?.detectable ?? 0) - Math.expm1((3.491 * deviation) / Math.sqrt(3))) < 1e-12);
});

test('what is not valid does not count, and of less than three trials nothing is said', (t) => {
  const [first, ...others] = trials(1, 100, 100, 100);
  t.is(noiseOf([{ ...(first as TrialRecord), valid: false }, ...others])?.logDeviation, 0);
  t.is(noiseOf(trials(100, 100)), null);
});
