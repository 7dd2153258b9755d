import { once } from './once.js';
import { slotsAtRandom } from './slots-at-random.js';

/** Draws that are reckoned with side by side; those of a simulation are a multiple. */
const abreast = 64;
const mostDraws = 160 * abreast;
/** Connections thrown in all draws together. */
const mostThrown = 4_000_000;
const mostKept = 40 * abreast;

/**
 * Connections of these weights, each thrown at one of `workers` at random, again and again: of each draw Σx² and the greatest of
 * the workers' sums x.
 *
 * There are 2,560 draws, with more than 1,024 connections 1,984: of 10,240, with more than 256 connections of fewer, every fourth
 * in the order of Σx² as it would be of equal weights. So a share of .005 has a standard error of .0010 at the upper end and .0017 at
 * the lower, where weights differ by a few per cent; all 10,240 have .0008 and .0009. Seeded with `workers` and the number of
 * connections, so that trials share them.
 *
 * Source: systematic sampling from an ordered list; Cochran, Sampling Techniques (1977), 8.
 */
export function thrownSums(
  weights: Float64Array,
  workers: number,
): { squares: Float64Array; greatest: Float64Array } {
  const places = throws(workers, weights.length);
  const draws = places.length / weights.length;
  const squares = new Float64Array(draws);
  const greatest = new Float64Array(draws);
  const sums = new Float64Array(abreast * workers);
  for (let first = 0; first < draws; first += abreast) {
    sums.fill(0);
    addUp(sums, weights, places, first * weights.length);
    for (let draw = 0; draw < abreast; draw += 1) {
      let square = 0;
      let most = 0;
      for (let slot = draw * workers; slot < (draw + 1) * workers; slot += 1) {
        const sum = sums[slot] as number;
        square += sum * sum;
        if (sum > most) most = sum;
      }
      squares[first + draw] = square;
      greatest[first + draw] = most;
    }
  }
  return { squares, greatest };
}

/**
 * Which of the sums gets each connection: of draws side by side where their first ones go, then their second ones, …; and so on
 * with the next draws.
 */
const throws = once((workers: number, connections: number): Uint32Array => {
  const width = 2 ** Math.max(6, Math.ceil(Math.log2(connections)));
  const slots = slotsOfDraws(workers, width);
  const draws = slots.length / width;
  const ordered = bySumOfSquares(slots, width, workers, connections);
  const kept = Math.min(draws, mostKept);
  const places = new Uint32Array(kept * connections);
  for (let draw = 0; draw < kept; draw += 1) {
    const from = (ordered[Math.floor(((draw + 0.5) * draws) / kept)] as number) * width;
    const nth = draw % abreast;
    const first = (draw - nth) * connections + nth;
    for (let connection = 0; connection < connections; connection += 1)
      places[first + connection * abreast] = nth * workers + (slots[from + connection] as number);
  }
  return places;
}, 4);

/** One draw after the other, of each the slots of so many connections: of fewer its first ones are thrown. */
const slotsOfDraws = once((workers: number, connections: number): Uint16Array => {
  const slotAtRandom = slotsAtRandom(workers, connections);
  const draws = Math.min(mostDraws, abreast * Math.ceil(mostThrown / connections / abreast));
  return new Uint16Array(draws * connections).map(slotAtRandom);
});

/** The draws, those with the least sum of squared numbers of connections first. */
function bySumOfSquares(
  slots: Uint16Array,
  width: number,
  workers: number,
  connections: number,
): Float64Array {
  const draws = slots.length / width;
  const counts = new Uint32Array(workers);
  const keys = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    counts.fill(0);
    let squares = 0;
    for (let at = draw * width; at < draw * width + connections; at += 1) {
      const slot = slots[at] as number;
      const before = counts[slot] as number;
      counts[slot] = before + 1;
      squares += 2 * before + 1;
    }
    keys[draw] = squares * draws + draw;
  }
  return keys.sort().map((key) => key % draws);
}

/**
 * Of draws side by side, whose places stand from `begin` on. A trial of 50 connections has a hundred thousand additions: eight in a row
 * take half of the time of one by one.
 */
function addUp(sums: Float64Array, weights: Float64Array, places: Uint32Array, begin: number): void {
  const add = (place: number, weight: number) => {
    sums[place] = (sums[place] as number) + weight;
  };
  for (let connection = 0; connection < weights.length; connection += 1) {
    const weight = weights[connection] as number;
    const from = begin + connection * abreast;
    for (let at = from; at < from + abreast; at += 8) {
      add(places[at] as number, weight);
      add(places[at + 1] as number, weight);
      add(places[at + 2] as number, weight);
      add(places[at + 3] as number, weight);
      add(places[at + 4] as number, weight);
      add(places[at + 5] as number, weight);
      add(places[at + 6] as number, weight);
      add(places[at + 7] as number, weight);
    }
  }
}
