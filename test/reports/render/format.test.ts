import test from 'ava';
import {
  microseconds,
  percent,
  probability,
  ratio,
  seconds,
  significant,
} from '../../../reports/render/format.js';

test('latencies take the unit that keeps three digits', (t) => {
  t.deepEqual(
    [0, 0.25, 7, 812, 999.4, 999.6, 1210, 12_100, 121_000, 999_400, 999_600, 1_210_000].map(microseconds),
    [
      '0 µs',
      '0.250 µs',
      '7 µs',
      '812 µs',
      '999 µs',
      '1.00 ms',
      '1.21 ms',
      '12.1 ms',
      '121 ms',
      '999 ms',
      '1.00 s',
      '1.21 s',
    ],
  );
});

test('a p that says no more than that it is tiny is printed as such', (t) => {
  t.deepEqual([0, 1e-16, 1e-15, 1.697e-4, 0.0123, 0.5, 1].map(probability), [
    '<1e-15',
    '<1e-15',
    '1.0e-15',
    '1.7e-4',
    '0.012',
    '0.50',
    '1.00',
  ]);
});

test('figures have three significant digits, and none after the point from a hundred on', (t) => {
  t.deepEqual([0, 0.5, 3.99, 12.34, 99.96, 24_310.4].map(significant), [
    '0',
    '0.500',
    '3.99',
    '12.3',
    '100',
    '24,310',
  ]);
});

test('ratios, shares and durations are plain', (t) => {
  t.deepEqual([0.0213, 12.5, 2468.7].map(ratio), ['0.02', '12.50', '2,469']);
  t.is(percent(0.254), '25.4 %');
  t.deepEqual([0.4, 2, 2.5].map(seconds), ['400 ms', '2 s', '2.5 s']);
});
