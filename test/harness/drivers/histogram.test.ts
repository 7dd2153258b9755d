import test from 'ava';
import fc from 'fast-check';
import {
  countAbove,
  emptyHistogram,
  recordAllMs,
  recordMs,
  toRecord,
} from '../../../harness/drivers/histogram.js';

test('samples above a time are counted, to three digits', (t) => {
  const times = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 50 });
  fc.assert(
    fc.property(times, (all) => {
      const histogram = emptyHistogram();
      for (const ms of all) recordMs(histogram, ms);
      // None is so near to the border that three digits do not tell.
      const far = all.filter((ms) => Math.abs(ms - 250) > 1);
      const near = all.length - far.length;
      const found = countAbove(toRecord(histogram), 250_000);
      const exact = far.filter((ms) => ms > 250).length;
      t.true(found >= exact && found <= exact + near);
    }),
  );
});

test('many at once are what one after the other is', (t) => {
  const times = fc.array(fc.oneof(fc.double({ min: -1, max: 80, noNaN: true }), fc.constant(3)));
  fc.assert(
    fc.property(times, (all) => {
      const [one, other] = [emptyHistogram(), emptyHistogram()];
      for (const ms of all) recordMs(one, ms);
      recordAllMs(other, Float64Array.from(all));
      t.deepEqual(toRecord(other), toRecord(one));
    }),
  );
});
