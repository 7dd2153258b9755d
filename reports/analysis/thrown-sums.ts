import { once } from './once.js';
import { slotsAtRandom } from './slots-at-random.js';

/** More would take too long. */
export const mostConnections = 2000;
/** Draws that are reckoned with side by side; those of a simulation are a multiple. */
const abreast = 64;
const mostDraws = 64 * abreast;
/** Connections thrown in all draws together. */
const mostThrown = 4_000_000;

/**
 * Connections of these weights, each thrown at one of `workers` at random, again and again: of each draw Σx² and the greatest of
 * the workers' sums x. There are 4,096 draws, with more than 800 connections 2,560 and with more than 1,600 2,048, so that a share
 * of .005 among them has a standard error of .0011 to .0016. Seeded with `workers` and the number of connections, rounded up to 50, 100,
 * 200, ….
 *
 * Precondition: at most {@link mostConnections}.
 */
export function thrownSums(
  weights: Float64Array,
  workers: number,
): { squares: Float64Array; greatest: Float64Array } {
  const width = Math.min(mostConnections, 50 * 2 ** Math.max(0, Math.ceil(Math.log2(weights.length / 50))));
  const places = throws(workers, width);
  const draws = places.length / width;
  const squares = new Float64Array(draws);
  const greatest = new Float64Array(draws);
  const sums = new Float64Array(abreast * workers);
  for (let first = 0; first < draws; first += abreast) {
    sums.fill(0);
    addUp(sums, weights, places, first * width);
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
 * with the next draws. Trials with fewer connections throw the first ones.
 */
const throws = once((workers: number, connections: number): Uint32Array => {
  const slotAtRandom = slotsAtRandom(workers, connections);
  const draws = Math.min(mostDraws, abreast * Math.ceil(mostThrown / connections / abreast));
  return new Uint32Array(draws * connections).map((_, at) => (at % abreast) * workers + slotAtRandom());
}, 4);

/**
 * Of draws side by side, whose places stand from `begin` on. A trial of 50 connections has two hundred thousand additions: eight in
 * a row take half of the time of one by one.
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
