import test from 'ava';
import fc from 'fast-check';
import { withThousands } from '../../reports/thousands.js';

test('numbers are grouped and rounded as in American English', (t) => {
  // Sixteenths, so that halves are halves: of what is none in binary, it is the binary value that is rounded here.
  const value = fc.integer({ min: -(2 ** 48), max: 2 ** 48 }).map((sixteenths) => sixteenths / 16);
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 3 }), (number, mostDecimals) => {
      const expected = number.toLocaleString('en-US', { maximumFractionDigits: mostDecimals });
      return withThousands(number, mostDecimals) === expected.replace(/^-0$/, '0');
    }),
  );
  t.deepEqual(
    [999, 1000, -1234.5, 1e6, 0.06].map((number) => withThousands(number, 1)),
    ['999', '1,000', '-1,234.5', '1,000,000', '0.1'],
  );
});
