import test from 'ava';
import fc from 'fast-check';
import { simulatedP } from '../../../reports/analysis/simulated-p.js';
import { slotsAtRandom } from '../../../reports/analysis/slots-at-random.js';
import { thrownSums } from '../../../reports/analysis/thrown-sums.js';
import { withRank } from '../../../reports/analysis/with-rank.js';

for (const connections of [1, 50, 401])
  test(`throwing ${connections} connections in many draws at once is throwing one after the other`, (t) => {
    const workers = 3;
    const weights = Float64Array.from({ length: connections }, (_, index) => 100 + (index % 7));
    const { squares, greatest } = thrownSums(weights, workers);
    const slotAtRandom = slotsAtRandom(workers, connections);
    for (const [draw, square] of squares.entries()) {
      const sums = [0, 0, 0];
      for (const weight of weights) {
        const slot = slotAtRandom();
        sums[slot] = (sums[slot] ?? 0) + weight;
      }
      const expected = sums.reduce((sum, each) => sum + each ** 2, 0);
      if (square !== expected || greatest[draw] !== Math.max(...sums)) return t.fail(`draw ${draw}`);
    }
    return t.true(squares.length >= Math.min(10_000, 4_000_000 / connections));
  });

test('the value of a rank is the one that a sort puts there', (t) => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e9, noNaN: true }),
    fc.integer({ min: 0, max: 3 }),
    fc.double({ min: 0, max: 1e-300 }),
  );
  const values = fc.array(value, { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (given, part) => {
      const all = Float64Array.from(given);
      const rank = Math.floor(part * all.length);
      t.is(withRank(all, rank), all.toSorted()[rank] as number);
    }),
  );
});

test('a simulated p is exact where it is small, and reckoned no further where it is not', (t) => {
  const asked: number[] = [];
  const p = (hits: number) =>
    simulatedP(999, 0.01, (draw) => {
      asked.push(draw);
      return draw < hits;
    });
  t.is(p(0), 0.001);
  t.is(p(9), 0.01);
  asked.length = 0;
  t.is(p(10), 1);
  t.is(asked.length, 10);
});
