import test from 'ava';
import { medianInterval, spread } from '../../../reports/analysis/statistics.js';

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

test('six values are the fewest with an interval, and it is their range', (t) => {
  t.deepEqual(medianInterval([6, 1, 5, 2, 4, 3]), { median: 3.5, low: 1, high: 6 });
  t.deepEqual(medianInterval([5, 1, 4, 2, 3]), { median: 3, low: null, high: null });
});

/** The largest r with 2·P(Binomial(n, ½) ≤ r − 1) ≤ 0.05, from tables of the sign test. */
for (const [n, rank] of [
  [6, 1],
  [8, 1],
  [9, 2],
  [10, 2],
  [15, 4],
  [20, 6],
  [25, 8],
  [100, 40],
  // Exactly, with integers of 5,000 bits; ½ⁿ itself is no double any more.
  [5000, 2431],
] as const) {
  test(`the interval for the median of ${n} values runs from rank ${rank} to rank ${n + 1 - rank}`, (t) => {
    const { low, high } = medianInterval(upTo(n));
    t.deepEqual([low, high], [rank, n + 1 - rank]);
  });
}

test('no values have no median', (t) => {
  t.deepEqual(medianInterval([]), { median: null, low: null, high: null });
});

test('a spread leaves out what is undefined', (t) => {
  t.deepEqual(spread([3, null, 1, undefined, 2]), { median: 2, min: 1, max: 3 });
  t.is(spread([null, undefined]), null);
});
