import test from 'ava';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { fairness, indices, jainOf } from '../../../reports/analysis/fairness.js';

/** Computed with R 4: `pchisq(q, 3, lower.tail = FALSE)`, and the formulas. `figures` are Jain, CV, Gini, Theil, max/mean. */
const known = [
  {
    counts: [250, 250, 250, 250],
    chiSquare: 0,
    p: 1,
    figures: [1, 0, 0, 0, 1],
    verdict: 'more-even',
  },
  {
    counts: [251, 250, 250, 249],
    chiSquare: 0.008,
    p: 0.999810149512,
    figures: [0.999992000064, 0.00282842712475, 0.0015, 4.00001066674e-6, 1.004],
    verdict: 'more-even',
  },
  {
    counts: [275, 225, 260, 240],
    chiSquare: 5.8,
    p: 0.121756619711,
    figures: [0.994233446013, 0.0761577310586, 0.0425, 0.00290429015817, 1.1],
    verdict: 'random-like',
  },
  {
    counts: [300, 200, 250, 250],
    chiSquare: 20,
    p: 1.69742435553e-4,
    figures: [0.980392156863, 0.141421356237, 0.075, 0.0100677567753, 1.2],
    verdict: 'skewed',
  },
  {
    counts: [1000, 0, 0, 0],
    chiSquare: 3000,
    p: 0,
    figures: [0.25, 1.73205080757, 0.75, 1.38629436112, 4],
    verdict: 'skewed',
  },
] as const;

for (const { counts, chiSquare, p, figures, verdict } of known) {
  test(`the counts ${counts} have their known figures`, (t) => {
    const found = fairness(counts);
    t.is(found.workers, 4);
    t.is(found.total, 1000);
    t.is(found.degreesOfFreedom, 3);
    t.is(found.chiSquarePerDf, (found.chiSquare ?? 0) / 3);
    t.is(found.effectiveWorkers, 4 * (found.jain ?? 0));
    t.is(found.verdict, verdict);
    const { jain, coefficientOfVariation, gini, theil, maxOverMean } = found;
    const all = [found.chiSquare, found.pUpper, jain, coefficientOfVariation, gini, theil, maxOverMean];
    for (const [index, reference] of [chiSquare, p, ...figures].entries())
      t.true(Math.abs((all[index] ?? Number.NaN) - reference) < 1e-6, `${all[index]} is not ${reference}`);
  });
}

test('the p of 300,200,250,250 has its four known digits', (t) => {
  t.is(fairness([300, 200, 250, 250]).pUpper?.toPrecision(4), '0.0001697');
});

test('an underflowing p stays a number', (t) => {
  t.is(fairness([1_000_000, 0, 0, 0]).pUpper, 0);
});

test('idle workers count as workers', (t) => {
  const found = fairness([500, 500, 0, 0]);
  t.is(found.idleWorkers, 2);
  t.is(found.jain, 0.5);
  t.is(found.effectiveWorkers, 2);
});

test('no connections at all leave every index undefined', (t) => {
  t.deepEqual(fairness([0, 0, 0]), {
    workers: 3,
    total: 0,
    jain: null,
    effectiveWorkers: null,
    coefficientOfVariation: null,
    gini: null,
    theil: null,
    maxOverMean: null,
    idleWorkers: 3,
    chiSquare: null,
    degreesOfFreedom: null,
    chiSquarePerDf: null,
    pUpper: null,
    pLower: null,
    randomFloor: { jain: null, maxOverMean: null },
    verdict: null,
  });
});

test('a single worker is even by definition and gets no verdict', (t) => {
  const found = fairness([1000]);
  t.like(found, { jain: 1, gini: 0, maxOverMean: 1, chiSquare: null, pUpper: null, verdict: null });
});

test('counts that are no whole numbers, negative or absent are refused', (t) => {
  t.throws(() => fairness([1, 0.5]), { instanceOf: RangeError });
  t.throws(() => fairness([1, -1]), { instanceOf: RangeError });
  t.throws(() => indices([]), { instanceOf: RangeError });
});

test('indices give no verdict and no p, whatever the amounts', (t) => {
  t.like(indices([0.9, 0.1]), {
    jain: 1 / (2 * 0.82),
    chiSquare: null,
    pUpper: null,
    pLower: null,
    verdict: null,
  });
});

for (const [workers, total] of [
  [4, 1000],
  [2, 1000],
  [3, 60],
  [8, 100],
] as const) {
  test(`about 1 % of 1,000 fair draws of ${total} over ${workers} get a verdict against them`, (t) => {
    const random = xoroshiro128plus(20260701);
    let rejected = 0;
    for (let draw = 0; draw < 1000; draw++) {
      const counts = throwOn(workers, total, () => uniformInt(random, 0, workers - 1));
      if (fairness(counts).verdict !== 'random-like') rejected++;
    }
    t.true(rejected >= 3 && rejected <= 18, `${rejected} rejected`);
  });
}

test('the p of fair draws are uniform', (t) => {
  const random = xoroshiro128plus(20260702);
  const ps = Array.from({ length: 1000 }, () => {
    const counts = throwOn(4, 1000, () => uniformInt(random, 0, 3));
    return fairness(counts).pUpper ?? Number.NaN;
  }).sort((a, b) => a - b);
  const distance = Math.max(...ps.map((p, index) => Math.max((index + 1) / 1000 - p, p - index / 1000)));
  // Kolmogorov–Smirnov at .001: 1.9495/√n, Smirnov, Ann. Math. Stat. 19 (1948).
  t.true(distance < 1.9495 / Math.sqrt(1000), `${distance}`);
});

// Two and three workers are too often as even by chance: 2.5 % of draws of 1,000 over two are a tie.
for (const workers of [4, 8]) {
  test(`strict turns and two choices over ${workers} are told from a random draw in 99 % of draws`, (t) => {
    const random = xoroshiro128plus(20260703 + workers);
    const found = Array.from({ length: 200 }, (_, draw) => {
      let turn = draw;
      const counts = Array<number>(workers).fill(0);
      for (let thing = 0; thing < 1000 + draw; thing++) {
        const [one, other] = [0, 0].map(() => uniformInt(random, 0, workers - 1)) as [number, number];
        const slot = (counts[other] ?? 0) < (counts[one] ?? 0) ? other : one;
        counts[slot] = (counts[slot] ?? 0) + 1;
      }
      const strict = throwOn(workers, 1000 + draw, () => turn++ % workers);
      return [fairness(counts).verdict, fairness(strict).verdict];
    }).flat();
    t.true(found.filter((verdict) => verdict === 'more-even').length >= 0.99 * found.length);
  });
}

/** Power at α .005 of the upper tail, by 10⁶ draws of R's `rmultinom`. */
for (const { what, shares, power } of [
  {
    what: '10 % more than its share on one of 4',
    shares: [0.275, 0.725 / 3, 0.725 / 3, 0.725 / 3],
    power: 0.089701,
  },
  { what: '10 % more than its share on one of 2', shares: [0.55, 0.45], power: 0.637041 },
  { what: '10 points more on one of 4', shares: [0.35, 0.65 / 3, 0.65 / 3, 0.65 / 3], power: 0.999844 },
]) {
  test(`a skew of ${what} at 1,000 connections is found as often as the test can`, (t) => {
    const random = xoroshiro128plus(20260704);
    const draws = 4000;
    let found = 0;
    for (let draw = 0; draw < draws; draw++) {
      const counts = throwOn(shares.length, 1000, () => {
        let left = uniformFloat64(random);
        return Math.max(
          0,
          shares.findIndex((share) => {
            left -= share;
            return left < 0;
          }),
        );
      });
      if (fairness(counts).verdict === 'skewed') found++;
    }
    t.true(Math.abs(found / draws - power) < 0.03, `${found / draws}`);
  });
}

function throwOn(workers: number, total: number, pick: () => number): number[] {
  const counts = Array<number>(workers).fill(0);
  for (let thing = 0; thing < total; thing++) {
    const slot = pick();
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

const amounts = fc
  .array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 40 })
  .filter((counts) => counts.some((count) => count > 0));
const near = (a: number | null, b: number | null) => Math.abs((a ?? 0) - (b ?? 0)) < 1e-9;

test('Jain’s index lies between 1/k and 1', (t) => {
  fc.assert(
    fc.property(amounts, (counts) => {
      const { jain } = indices(counts);
      return jain !== null && jain >= 1 / counts.length - 1e-12 && jain <= 1;
    }),
  );
  t.pass();
});

test('the indices do not depend on the scale or the order of the counts', (t) => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 2, max: 1000 }), (counts, factor) => {
      const [plain, scaled, turned] = [
        indices(counts),
        indices(counts.map((count) => count * factor)),
        indices(counts.toReversed()),
      ];
      return (['jain', 'coefficientOfVariation', 'gini', 'theil', 'maxOverMean'] as const).every(
        (index) => near(plain[index], scaled[index]) && near(plain[index], turned[index]),
      );
    }),
  );
  t.pass();
});

test('Jain’s index and the coefficient of variation agree: J = 1/(1 + CV²)', (t) => {
  fc.assert(
    fc.property(amounts, (counts) => {
      const { jain, coefficientOfVariation } = indices(counts);
      return near(jain, 1 / (1 + (coefficientOfVariation ?? 0) ** 2));
    }),
  );
  t.pass();
});

test('Jain’s index alone is the same in any order of the slots', (t) => {
  const counts = fc.array(fc.nat(1e6), { minLength: 1, maxLength: 64 });
  const shuffled = counts.chain((all) =>
    fc.shuffledSubarray(all, { minLength: all.length }).map((other) => [all, other]),
  );
  fc.assert(
    fc.property(shuffled, ([all = [], other = []]) => {
      const { jain } = indices(all);
      t.is(jainOf(other), jainOf(all));
      return jain === null ? jainOf(all) === null : Math.abs((jainOf(all) ?? 0) - jain) < 1e-12;
    }),
  );
  t.is(jainOf([7, 7, 7]), 1);
});
