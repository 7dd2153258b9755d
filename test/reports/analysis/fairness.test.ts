import test from 'ava';
import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { fairness, indices } from '../../../reports/analysis/fairness.js';

/** `figures` are Jain, CV, Gini, Theil and max/mean; each follows from its formula by hand. */
const known = [
  {
    counts: [250, 250, 250, 250],
    chiSquare: 0,
    p: '1.00000',
    figures: [1, 0, 0, 0, 1],
    verdict: 'more-even',
  },
  {
    counts: [251, 250, 250, 249],
    chiSquare: 0.008,
    p: '0.99981',
    figures: [0.999992, 0.002828, 0.0015, 0.000004, 1.004],
    verdict: 'more-even',
  },
  {
    counts: [275, 225, 260, 240],
    chiSquare: 5.8,
    p: '0.12176',
    figures: [0.994233, 0.076158, 0.0425, 0.002904, 1.1],
    verdict: 'random-like',
  },
  {
    counts: [300, 200, 250, 250],
    chiSquare: 20,
    p: '0.00017',
    figures: [0.980392, 0.141421, 0.075, 0.010068, 1.2],
    verdict: 'skewed',
  },
  {
    counts: [1000, 0, 0, 0],
    chiSquare: 3000,
    p: '0.00000',
    figures: [0.25, 1.732051, 0.75, 1.386294, 4],
    verdict: 'skewed',
  },
] as const;

for (const { counts, chiSquare, p, figures, verdict } of known) {
  test(`the counts ${counts} have their known figures`, (t) => {
    const found = fairness(counts);
    t.is(found.workers, 4);
    t.is(found.total, 1000);
    t.true(Math.abs((found.chiSquare ?? Number.NaN) - chiSquare) < 1e-6);
    t.is(found.degreesOfFreedom, 3);
    t.is(found.chiSquarePerDf, (found.chiSquare ?? 0) / 3);
    t.is(found.pUpper?.toFixed(5), p);
    t.deepEqual(
      [found.jain, found.coefficientOfVariation, found.gini, found.theil, found.maxOverMean].map((figure) =>
        Number(figure?.toFixed(6)),
      ),
      [...figures],
    );
    t.is(found.effectiveWorkers, 4 * (found.jain ?? 0));
    t.is(found.verdict, verdict);
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
      const counts = Array<number>(workers).fill(0);
      for (let thing = 0; thing < total; thing++) {
        const slot = uniformInt(random, 0, workers - 1);
        counts[slot] = (counts[slot] ?? 0) + 1;
      }
      if (fairness(counts).verdict !== 'random-like') rejected++;
    }
    t.true(rejected >= 3 && rejected <= 18, `${rejected} rejected`);
  });
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
