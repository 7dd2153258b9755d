import test from 'ava';
import type { Drawing } from '../../../reports/render/html/drawings.js';
import { fitting } from '../../../reports/render/html/room.js';

/** Drawings of a kind, each of 1,000 bytes and a little more, which are noted when they are made. */
function drawings(kind: string, rank: number, count: number, made: string[]): Drawing[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${kind}-${index}`,
    kind,
    rank,
    title: `all of ${kind}`,
    of: '',
    summary: '',
    option: {},
    height: 100,
    get svg() {
      made.push(kind);
      return 'x'.repeat(1000);
    },
  }));
}

test('a kind of chart that has no room is left out and named, and drawn no farther than that takes', (t) => {
  const made: string[] = [];
  const [most, more, small] = [
    drawings('most', 2, 40, made),
    drawings('more', 1, 4, made),
    drawings('small', 3, 1, made),
  ];
  const cells = [[...most, ...more], small];
  const { cells: kept, omitted } = fitting({ run: [], cells }, 8000);

  t.deepEqual(kept, [more, small]);
  t.deepEqual(omitted, ['all of most']);
  t.is(made.filter((kind) => kind === 'more').length, 4);
  t.true(made.filter((kind) => kind === 'most').length <= 4);
});
