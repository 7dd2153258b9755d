import test from 'ava';
import fc from 'fast-check';
import { binomialTwoSided, binomialUpperQuantile } from '../../../reports/analysis/binomial.js';

test('682 successes in 925 trials against 3/4 have the p that R gives (binom.test, Conover 1971, p. 97)', (t) => {
  t.is(binomialTwoSided(682, 925, 0.75).toFixed(4), '0.3825');
});

test('the p equals the sum over every outcome that is no likelier', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 2, max: 33 }),
      (n, part, workers) => {
        const successes = Math.round(part * n);
        const all = masses(n, 1 / workers);
        const limit = (all[successes] ?? 0) * (1 + 1e-7);
        const expected = all.filter((mass) => mass <= limit).reduce((sum, mass) => sum + mass, 0);
        return Math.abs(binomialTwoSided(successes, n, 1 / workers) - Math.min(1, expected)) < 1e-12;
      },
    ),
  );
  t.pass();
});

test('the p is exact for a million trials', (t) => {
  const n = 1_000_000;
  // 2·(1 − Φ(1.999)), the normal limit with continuity correction; its error here is below 10⁻⁶.
  t.true(Math.abs(binomialTwoSided(n / 2 + 1000, n, 0.5) - 0.045609) < 2e-6);
  t.is(binomialTwoSided(n / 2, n, 0.5), 1);
  t.is(binomialTwoSided(0, n, 0.25), 0);
});

test('the upper quantile is the smallest count that is exceeded rarely enough', (t) => {
  const tail = 0.0123456789; // no binomial tail comes near it by rounding
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 33 }), (n, workers) => {
      const all = masses(n, 1 / workers);
      const above = (count: number) => all.slice(count + 1).reduce((sum, mass) => sum + mass, 0);
      const quantile = binomialUpperQuantile(n, 1 / workers, tail);
      return above(quantile) <= tail && (quantile === 0 || above(quantile - 1) > tail);
    }),
  );
  t.pass();
});

function masses(n: number, probability: number): number[] {
  return Array.from({ length: n + 1 }, (_, x) => {
    let choices = 1;
    for (let i = 0; i < x; i++) choices = (choices * (n - i)) / (i + 1);
    return choices * probability ** x * (1 - probability) ** (n - x);
  });
}
