import test from 'ava';
import fc from 'fast-check';
import { simulatedP } from '../../../reports/analysis/simulated-p.js';
import { slotsAtRandom } from '../../../reports/analysis/slots-at-random.js';
import { thrownSums } from '../../../reports/analysis/thrown-sums.js';
import { withRank } from '../../../reports/analysis/with-rank.js';

const workers = 3;
const weightsOf = (connections: number) =>
  Float64Array.from({ length: connections }, (_, index) => 100 + (index % 7));

/** Of each draw of a simulation, one connection after the other: Σx², the greatest sum, and Σx² of equal weights. */
function thrownOneByOne(weights: Float64Array, most: number) {
  const width = 2 ** Math.max(6, Math.ceil(Math.log2(weights.length)));
  const slotAtRandom = slotsAtRandom(workers, width);
  return Array.from({ length: most }, () => {
    const [sums, counts] = [new Float64Array(workers), new Float64Array(workers)];
    for (let connection = 0; connection < width; connection++) {
      const slot = slotAtRandom();
      sums[slot] = (sums[slot] as number) + (weights[connection] ?? 0);
      counts[slot] = (counts[slot] as number) + (connection < weights.length ? 1 : 0);
    }
    const squares = (values: Float64Array) => values.reduce((sum, each) => sum + each ** 2, 0);
    return { square: squares(sums), greatest: Math.max(...sums), equal: squares(counts) };
  });
}

for (const [connections, drawn, kept] of [
  [1, 10_240, 2560],
  [50, 10_240, 2560],
  [401, 7872, 2560],
  [2000, 1984, 1984],
] as const)
  test(`throwing ${connections} connections in many draws at once is throwing one after the other`, (t) => {
    const weights = weightsOf(connections);
    const ordered = thrownOneByOne(weights, drawn)
      .map((draw, index) => ({ ...draw, index }))
      .sort((a, b) => a.equal - b.equal || a.index - b.index);
    const expected = Array.from(
      { length: kept },
      (_, draw) => ordered[Math.floor(((draw + 0.5) * drawn) / kept)],
    );
    const { squares, greatest } = thrownSums(weights, workers);
    t.deepEqual(
      [...squares],
      expected.map((draw) => draw?.square ?? 0),
    );
    t.deepEqual(
      [...greatest],
      expected.map((draw) => draw?.greatest ?? 0),
    );
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
