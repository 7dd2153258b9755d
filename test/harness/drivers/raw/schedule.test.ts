import test from 'ava';
import { type ScheduleOptions, scheduleOf } from '../../../../harness/drivers/raw/schedule.js';

const plain: ScheduleOptions = {
  rate: 100,
  arrivals: 'constant',
  durationMs: 1000,
  requests: null,
  seed: 1,
  thread: { index: 0, of: 1 },
};
const times = (changes: Partial<ScheduleOptions> = {}) => [...scheduleOf({ ...plain, ...changes })];

/**
 * Kolmogorov–Smirnov: the largest distance between the gaps' distribution and the exponential one, times √n. At α .01
 * its critical value is 1.628 for large n (Massey, J. Am. Stat. Assoc. 46, 1951).
 */
function kolmogorov(atMs: readonly number[], rate: number): number {
  const gaps = atMs.map((at, index) => at - (atMs[index - 1] ?? 0)).toSorted((a, b) => a - b);
  const n = gaps.length;
  const distances = gaps.map((gap, index) => {
    const expected = 1 - Math.exp((-gap * rate) / 1000);
    return Math.max((index + 1) / n - expected, expected - index / n);
  });
  return Math.max(...distances) * Math.sqrt(n);
}

test('constant arrivals are exactly so many, and evenly apart', (t) => {
  for (const [rate, durationMs] of [
    [100, 1000],
    [5000, 2000],
    [3, 2000],
    [333.3, 10_000],
    [7, 1],
  ] as const) {
    const found = times({ rate, durationMs });
    t.is(found.length, Math.ceil((rate * durationMs) / 1000));
    t.true(found.every((at, index) => at === (index * 1000) / rate));
  }
});

test('a count ends the schedule where no time does', (t) => {
  t.deepEqual(times({ durationMs: null, requests: 3 }), [0, 10, 20]);
});

test('the same seed gives the same times, another gives others', (t) => {
  const poisson = (seed: number) => times({ arrivals: 'poisson', seed });

  t.deepEqual(poisson(1), poisson(1));
  t.notDeepEqual(poisson(1), poisson(2));
});

test('threads share one schedule: together they have every arrival once', (t) => {
  for (const arrivals of ['constant', 'poisson'] as const) {
    const parts = [0, 1, 2].map((index) => times({ arrivals, thread: { index, of: 3 } }));
    t.deepEqual(
      parts.flat().toSorted((a, b) => a - b),
      times({ arrivals }),
    );
  }
});

test('poisson gaps pass as exponential for at least 98 of 100 seeds at α .01', (t) => {
  const passed = Array.from({ length: 100 }, (_, seed) =>
    kolmogorov(times({ arrivals: 'poisson', rate: 1000, durationMs: null, requests: 1000, seed }), 1000),
  ).filter((statistic) => statistic < 1.628);

  t.true(passed.length >= 98, `${passed.length} of 100`);
});

test('constant gaps do not', (t) => {
  t.true(kolmogorov(times({ rate: 1000, durationMs: null, requests: 1000 }), 1000) > 1.628);
});
