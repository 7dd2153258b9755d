import test from 'ava';
import { atLeast } from '../../harness/version.js';

const pairs: [version: string, floor: string, expected: boolean][] = [
  ['22.12.0', '22.12.0', true],
  ['22.12.1', '22.12.0', true],
  ['22.11.9', '22.12.0', false],
  ['22.9.0', '22.12.0', false],
  ['23.0.0', '22.12.0', true],
  ['20.20.2', '22.12.0', false],
  ['100.0.0', '22.12.0', true],
  ['24.0.0-nightly20250101', '24.0.0', true],
  ['24', '22.12.0', true],
  ['22', '22.12.0', false],
];

for (const [version, floor, expected] of pairs) {
  test(`${version} is ${expected ? '' : 'not '}${floor} or newer`, (t) => {
    t.is(atLeast(version, floor), expected);
  });
}
