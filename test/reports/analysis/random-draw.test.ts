import test from 'ava';
import { fairDraw } from '../../../reports/analysis/random-draw.js';

const floors = [
  { workers: 4, total: 1000, jain: 0.9922, maxOverMean: 1.124 },
  { workers: 4, total: 10_000, jain: 0.9992, maxOverMean: 1.038 },
  { workers: 8, total: 1000, jain: 0.9861, maxOverMean: 1.216 },
  { workers: 8, total: 10, jain: 0.417, maxOverMean: 3.2 },
  { workers: 8, total: 50, jain: 0.781, maxOverMean: 2.08 },
];

for (const { workers, total, jain, maxOverMean } of floors) {
  test(`95 % of fair draws of ${total} over ${workers} stay above Jain ${jain} and below ${maxOverMean} × the mean`, (t) => {
    const { floor } = fairDraw(workers, total);
    t.true(Math.abs((floor.jain ?? 0) - jain) < 0.001, `Jain ${floor.jain}`);
    t.true(Math.abs((floor.maxOverMean ?? 0) - maxOverMean) < 0.001, `max/mean ${floor.maxOverMean}`);
  });
}

test('few draws are simulated, and the same way every time', (t) => {
  t.deepEqual(fairDraw(8, 10).tails(20), fairDraw(8, 10).tails(20));
});

test('the simulated tails of two things on two workers are those of two coins', (t) => {
  const { tails } = fairDraw(2, 2);
  const together = tails(4);
  t.true(Math.abs(together.upper - 0.5) < 0.02);
  t.is(together.lower, 1);
  const apart = tails(2);
  t.is(apart.upper, 1);
  t.true(Math.abs(apart.lower - 0.5) < 0.02);
});

test('the lower tail is not below the probability of the evenest outcome', (t) => {
  const tie = 0.025225; // P(Binomial(1000, ½) = 500), R: dbinom(500, 1000, .5)
  t.true(Math.abs(fairDraw(2, 1000).tails(2 * 500 ** 2).lower - tie) < 1e-6);
});

test('the evenest outcome counts every arrangement of the workers that get one more', (t) => {
  const { lower } = fairDraw(2, 11).tails(5 ** 2 + 6 ** 2);
  t.true(Math.abs(lower - (2 * 462) / 2 ** 11) < 1e-6, `${lower}`);
});
