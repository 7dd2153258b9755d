import { onceInARow } from './once.js';
import { slotsAtRandom } from './slots-at-random.js';

const mostDraws = 10_000;
/** Connections thrown in all draws together. */
const mostThrown = 4_000_000;
/** Draws that are reckoned with side by side, eights of them. */
const abreast = 64;

/**
 * Connections of these weights, each thrown at one of `workers` at random, again and again: of each draw Σx² and the greatest of
 * the workers' sums x. There are 10,000 draws, with more than 400 connections fewer, seeded with `workers` and the number of connections.
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
    const beside = Math.min(abreast, draws - first);
    sums.fill(0);
    addUp(sums, weights, places.subarray(first * weights.length, (first + beside) * weights.length));
    for (let draw = 0; draw < beside; draw += 1) {
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
 * with the next draws. All trials of so many connections share them.
 */
const throws = onceInARow((workers: number, connections: number): Uint32Array => {
  const slotAtRandom = slotsAtRandom(workers, connections);
  const draws = 8 * Math.ceil(Math.min(mostDraws, mostThrown / connections) / 8);
  const places = new Uint32Array(draws * connections);
  for (let draw = 0; draw < draws; draw += 1) {
    const nth = draw % abreast;
    const first = draw - nth;
    const beside = Math.min(abreast, draws - first);
    for (let connection = 0; connection < connections; connection += 1)
      places[first * connections + connection * beside + nth] = nth * workers + slotAtRandom();
  }
  return places;
});

/** Half a million additions for a trial of 50 connections: eight in a row take half of the time of one by one. */
function addUp(sums: Float64Array, weights: Float64Array, places: Uint32Array): void {
  const add = (place: number, weight: number) => {
    sums[place] = (sums[place] as number) + weight;
  };
  const beside = places.length / weights.length;
  let next = 0;
  for (let connection = 0; connection < weights.length; connection += 1) {
    const weight = weights[connection] as number;
    for (const end = next + beside; next < end; next += 8) {
      add(places[next] as number, weight);
      add(places[next + 1] as number, weight);
      add(places[next + 2] as number, weight);
      add(places[next + 3] as number, weight);
      add(places[next + 4] as number, weight);
      add(places[next + 5] as number, weight);
      add(places[next + 6] as number, weight);
      add(places[next + 7] as number, weight);
    }
  }
}
