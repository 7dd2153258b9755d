import test from 'ava';
import fc from 'fast-check';
import { simulatedP } from '../../../reports/analysis/simulated-p.js';
import { slotsAtRandom } from '../../../reports/analysis/slots-at-random.js';
import { thrownSums } from '../../../reports/analysis/thrown-sums.js';
import { withRank } from '../../../reports/analysis/with-rank.js';

const workers = 3;
const weightsOf = (connections: number) =>
  Float64Array.from({ length: connections }, (_, index) => 100 + (index % 7));

for (const [connections, width, draws] of [
  [1, 50, 4096],
  [50, 50, 4096],
  [51, 100, 4096],
  [801, 1600, 2560],
  [2000, 2000, 2048],
] as const)
  test(`throwing ${connections} connections in many draws at once is throwing one after the other`, (t) => {
    const weights = weightsOf(connections);
    const slotAtRandom = slotsAtRandom(workers, width);
    const { squares, greatest } = thrownSums(weights, workers);
    t.deepEqual([squares.length, greatest.length], [draws, draws]);
    for (let first = 0; first < draws; first += 64) {
      // Of 64 draws the first connections, then the second ones, …
      const sums = Array.from({ length: 64 }, () => new Float64Array(workers));
      for (let connection = 0; connection < width; connection++)
        for (const of of sums) {
          const slot = slotAtRandom();
          of[slot] = (of[slot] as number) + (weights[connection] ?? 0);
        }
      for (const [nth, of] of sums.entries()) {
        const square = of.reduce((sum, each) => sum + each ** 2, 0);
        if (squares[first + nth] !== square || greatest[first + nth] !== Math.max(...of))
          return t.fail(`draw ${first + nth}`);
      }
    }
    return t.pass();
  });

test('connections of unequal weight are thrown evenly', (t) => {
  for (const connections of [10, 50, 300]) {
    const weights = weightsOf(connections).map((weight, index) => weight * (1 + (index % 3)));
    const { squares } = thrownSums(weights, workers);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const sumOfSquares = weights.reduce((total, weight) => total + weight ** 2, 0);
    // Each pair is in one slot with probability 1/k.
    const expected = sumOfSquares + (sum ** 2 - sumOfSquares) / workers;
    const mean = squares.reduce((total, square) => total + square, 0) / squares.length;
    const variance = squares.reduce((total, square) => total + (square - mean) ** 2, 0) / squares.length;
    t.true(Math.abs(mean - expected) < 4 * Math.sqrt(variance / squares.length), `${connections}`);
  }
});

test('the value of a rank is the one that a sort puts there', (t) => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e9, noNaN: true }),
    fc.integer({ min: 0, max: 3 }),
    fc.double({ min: 0, max: 1e-300, noNaN: true }),
  );
  const values = fc.oneof(
    fc.array(value, { minLength: 1, maxLength: 300 }),
    fc.array(value, { minLength: 1000, maxLength: 4096 }),
  );
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (given, part) => {
      const all = Float64Array.from(given);
      const rank = Math.floor(part * all.length);
      t.is(withRank(all, rank), all.toSorted()[rank] as number);
    }),
    { numRuns: 300 },
  );
  // High wherever a sample of every fourth looks.
  const misleading = Float64Array.from({ length: 2000 }, (_, index) => (index % 4 === 0 ? 1e6 : index));
  for (const rank of [0, 700, 1499, 1500, 1999])
    t.is(withRank(misleading, rank), misleading.toSorted()[rank] as number);
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
