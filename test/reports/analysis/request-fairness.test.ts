import test from 'ava';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { fairness } from '../../../reports/analysis/fairness.js';
import { requestFairness } from '../../../reports/analysis/request-fairness.js';
import { weightedDraw } from '../../../reports/analysis/weighted-draw.js';
import { thorough } from '../../helpers/thorough.js';

test('where every connection carries alike, requests have the p, floor and verdict of connections, and no χ²', (t) => {
  const connections = [300, 200, 250, 250];
  const { pUpper, pLower, randomFloor, verdict } = fairness(connections);
  const requests = requestFairness(
    connections,
    connections.map((count) => count * 800),
  );
  t.like(requests, { total: 800_000, pUpper, pLower, randomFloor, verdict, chiSquare: null });
});

test('50 connections of 800 requests thrown at random are skewed by χ² and as random by whole connections', (t) => {
  const random = xoroshiro128plus(20260711);
  const draws = thorough ? 300 : 60;
  let rejected = 0;
  for (let draw = 0; draw < draws; draw++) {
    const connections = [0, 0, 0, 0];
    const requests = [0, 0, 0, 0];
    for (let thing = 0; thing < 50; thing++) {
      const slot = uniformInt(random, 0, 3);
      connections[slot] = (connections[slot] ?? 0) + 1;
      requests[slot] = (requests[slot] ?? 0) + 780 + uniformInt(random, 0, 40);
    }
    if (
      fairness(requests).verdict === 'skewed' &&
      requestFairness(connections, requests).verdict !== 'random-like'
    )
      rejected++;
  }
  // P(Binomial(300, .01) > 9) and P(Binomial(60, .01) > 4) < .001
  t.true(rejected <= (thorough ? 9 : 4), `${rejected} rejected`);
});

test('one slot whose connections carry nearly everything is no skew that chance would not do', (t) => {
  const found = requestFairness([1, 3, 3, 3], [10_000, 3, 3, 3]);
  t.true((found.jain ?? 1) < 0.26);
  t.is(found.verdict, 'random-like');
});

test('requests that crowd on slots with as many connections as others are skewed', (t) => {
  t.is(requestFairness([60, 20, 10, 10], [5900, 2100, 1000, 1001]).verdict, 'skewed');
});

test('requests in a slot without connections, and few effective connections among many, have indices alone', (t) => {
  for (const found of [
    requestFairness([10, 0], [500, 500]),
    requestFairness([2, 5000, 5000], [1_000_000, 5000, 5000]),
    requestFairness([10], [500]),
    requestFairness([10, 10], [0, 0]),
  ])
    t.like(found, { pUpper: null, pLower: null, verdict: null });
});

test('equal weights, thrown or reckoned with, give what χ² gives', (t) => {
  const seen = 280 ** 2 + 220 ** 2 + 255 ** 2 + 245 ** 2;
  const { pUpper, pLower } = fairness([280, 220, 255, 245]);
  const thrown = weightedDraw(4, [{ count: 1000, weight: 1 }])?.tails(seen);
  t.true(Math.abs((thrown?.upper ?? 0) - (pUpper ?? 0)) < 0.02, `${thrown?.upper}`);
  t.true(Math.abs((thrown?.lower ?? 0) - (pLower ?? 0)) < 0.02);
  const reckoned = weightedDraw(4, [{ count: 3000, weight: 1 / 3 }])?.tails(seen);
  const tripled = fairness([840, 660, 765, 735]);
  t.true(Math.abs((reckoned?.upper ?? 0) - (tripled.pUpper ?? 0)) < 1e-9);
});

test('the effective number goes on where throwing ends', (t) => {
  const draw = (count: number) => {
    const given = weightedDraw(4, [
      { count, weight: 3 },
      { count, weight: 1 },
    ]);
    return { ...given?.floor, upper: given?.tails(4 * count ** 2 * (1 + 0.05 ** 2)).upper };
  };
  const [thrown, reckoned] = [draw(1000), draw(1001)];
  for (const [figure, near] of [
    ['jain', 3e-4],
    ['maxOverMean', 0.01],
    ['upper', 0.03],
  ] as const)
    t.true(
      Math.abs((thrown[figure] ?? 0) - (reckoned[figure] ?? 9)) < near,
      `${thrown[figure]}, ${reckoned[figure]}`,
    );
});
