import test from 'ava';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expectedMaxOverMean } from '../../../reports/analysis/max-over-mean.js';
import { theory } from '../../../reports/analysis/theory.js';

/**
 * Simulated elsewhere (two choices: 20 sequences of 400,000 turns, gaps of .8804 ± .0003 and 1.1616 ± .0002); random also by
 * 1 + eₖ√(k/N), e₄ 1.029, e₈ 1.424: Harter, Biometrika 48 (1961).
 */
for (const { workers, total, random, twoChoices } of [
  { workers: 4, total: 1000, random: 1.065, twoChoices: 1.00352 },
  { workers: 4, total: 10_000, random: 1.021, twoChoices: 1.000352 },
  { workers: 8, total: 1000, random: 1.13, twoChoices: 1.00929 },
]) {
  test(`${total} on ${workers} have their known greatest shares`, (t) => {
    const expected = expectedMaxOverMean(workers, total);
    t.is(expected.roundRobin, 1);
    t.true(Math.abs(expected.random - random) < 0.001, `${expected.random}`);
    t.true(Math.abs(expected.twoChoices - twoChoices) < 5e-5, `${expected.twoChoices}`);
  });
}

test('what is not a multiple of the workers is uneven even in strict turns', (t) => {
  t.is(expectedMaxOverMean(8, 10).roundRobin, 1.6);
});

test('two things on two workers are together half of the time, and a quarter of it with two choices', (t) => {
  const { random, twoChoices } = expectedMaxOverMean(2, 2);
  t.true(Math.abs(random - 1.5) < 0.02);
  t.true(Math.abs(twoChoices - 1.25) < 0.02);
});

/** E[max] of multinomial counts, exact: its distribution is the N-th coefficient of (Σ xⁱ/i!)ᵏ. */
for (const { workers, total, max } of [
  { workers: 3, total: 5, max: 2.7778 },
  { workers: 4, total: 50, max: 16.2223 },
  { workers: 8, total: 100, max: 17.7462 },
  { workers: 16, total: 255, max: 23.36 },
]) {
  test(`the busiest of ${workers} with ${total} at random has ${max} on average`, (t) => {
    const { random } = expectedMaxOverMean(workers, total);
    t.true(Math.abs((random * total) / workers / max - 1) < 0.006, `${(random * total) / workers}`);
  });
}

for (const [workers, total] of [
  [2, 32],
  [8, 128],
  [32, 512],
] as const) {
  test(`the series for ${total} on ${workers} is what draws give`, (t) => {
    const random = xoroshiro128plus(20260712);
    let sum = 0;
    for (let draw = 0; draw < 4000; draw++) {
      const counts = new Int32Array(workers);
      for (let thing = 0; thing < total; thing++) {
        const slot = uniformInt(random, 0, workers - 1);
        counts[slot] = (counts[slot] ?? 0) + 1;
      }
      sum += Math.max(...counts);
    }
    const drawn = (sum / 4000) * (workers / total);
    t.true(Math.abs(expectedMaxOverMean(workers, total).random - drawn) < 0.01, `${drawn}`);
  });
}

test('a trial lies at 0 with strict turns, at 1 with as much as chance gives, beyond it when skewed', (t) => {
  t.is(theory([250, 250, 250, 250])?.position, 0);
  const { random } = expectedMaxOverMean(4, 1000);
  t.true(Math.abs((theory([266, 245, 245, 244])?.position ?? 0) - 0.064 / (random - 1)) < 1e-9);
  t.true((theory([700, 100, 100, 100])?.position ?? 0) > 20);
  t.is(theory([1000]), undefined);
  t.is(theory([1, 0]), undefined);
});
