import test from 'ava';
import fc from 'fast-check';
import { acceptOrder, countSequence, encodeOrder, type SlotAccepts } from '../../harness/accept-order.js';

const accepts = (slot: number, ...atMs: number[]): SlotAccepts => ({ slot, atMs: Float64Array.from(atMs) });
const orderOf = (...slots: number[]) => Uint16Array.from(slots);

/** Slots of k workers, in any order. */
const orders = fc
  .integer({ min: 1, max: 8 })
  .chain((workers) =>
    fc.record({ workers: fc.constant(workers), slots: fc.array(fc.integer({ min: 0, max: workers - 1 })) }),
  );

test('accepts of all workers stand in the order of the shared clock', (t) => {
  const order = acceptOrder([accepts(0, 1, 4, 5), accepts(1, 2), accepts(2, 3, 6)]);

  t.deepEqual([...order], [0, 1, 2, 0, 0, 2]);
});

test('accepts at the same time keep the order of the workers', (t) => {
  t.deepEqual([...acceptOrder([accepts(3, 7, 7), accepts(1, 7)])], [3, 3, 1]);
});

test('two processes that followed each other in a slot are one slot of the order', (t) => {
  t.deepEqual([...acceptOrder([accepts(0, 1), accepts(1, 2, 5), accepts(0, 4)])], [0, 1, 0, 1]);
});

test('merging loses no accept and sorts every one, whoever it belongs to', (t) => {
  const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 });
  const property = fc.property(fc.array(times, { maxLength: 17 }), (perSlot) => {
    const sorted = perSlot.map((atMs) => atMs.toSorted((a, b) => a - b));
    const order = acceptOrder(sorted.map((atMs, slot) => accepts(slot, ...atMs)));
    const expected = sorted
      .flatMap((atMs, slot) => atMs.map((at) => ({ at, slot })))
      .toSorted((a, b) => a.at - b.at || a.slot - b.slot);
    t.deepEqual(
      [...order],
      expected.map(({ slot }) => slot),
    );
  });
  fc.assert(property);
});

test('strict round robin over four workers has runs of one and a windowed Jain of 1', (t) => {
  const order = orderOf(...Array.from({ length: 40 }, (_, index) => index % 4));

  t.deepEqual(countSequence(order, 4), {
    source: 'workers',
    accepted: 40,
    transitions: [
      [0, 10, 0, 0],
      [0, 0, 10, 0],
      [0, 0, 0, 10],
      [9, 0, 0, 0],
    ],
    runLengths: { 1: 40 },
    windowedJain: { window: 4, windows: 10, mean: 1 },
  });
});

test('one worker that takes everything is one run, and a windowed Jain of 1/k', (t) => {
  const { transitions, runLengths, windowedJain } = countSequence(orderOf(2, 2, 2, 2, 2, 2), 3);

  t.deepEqual(transitions, [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 5],
  ]);
  t.deepEqual(runLengths, { 6: 1 });
  t.is(windowedJain.windows, 2);
  t.is(windowedJain.mean?.toFixed(12), (1 / 3).toFixed(12));
});

test('windows do not overlap, and what is left over at the end is no window', (t) => {
  // {0,0} has 2²/(2·4) = ½, {0,1} has 1; the last 1 is left over.
  const { windowedJain, runLengths } = countSequence(orderOf(0, 0, 0, 1, 1), 2);

  t.deepEqual(windowedJain, { window: 2, windows: 2, mean: 0.75 });
  t.deepEqual(runLengths, { 2: 1, 3: 1 });
});

test('an order without accepts counts nothing and has no mean', (t) => {
  t.deepEqual(countSequence(orderOf(), 2), {
    source: 'workers',
    accepted: 0,
    transitions: [
      [0, 0],
      [0, 0],
    ],
    runLengths: {},
    windowedJain: { window: 2, windows: 0, mean: null },
  });
});

test('transitions add up to one less than the accepts, and runs to all of them', (t) => {
  fc.assert(
    fc.property(orders, ({ workers, slots }) => {
      const { transitions, runLengths, accepted } = countSequence(orderOf(...slots), workers);
      const steps = transitions.flat().reduce((sum, count) => sum + count, 0);
      const inRuns = Object.entries(runLengths).reduce(
        (sum, [length, runs]) => sum + Number(length) * runs,
        0,
      );
      t.is(accepted, slots.length);
      t.is(steps, Math.max(0, slots.length - 1));
      t.is(inRuns, slots.length);
    }),
  );
});

test('windowed Jain lies between 1/k and 1', (t) => {
  fc.assert(
    fc.property(orders, ({ workers, slots }) => {
      const { mean, windows } = countSequence(orderOf(...slots), workers).windowedJain;
      if (windows === 0) t.is(mean, null);
      else t.true(mean !== null && mean >= 1 / workers - 1e-12 && mean <= 1 + 1e-12);
    }),
  );
});

test('windowed Jain is the mean of that of each window by itself', (t) => {
  fc.assert(
    fc.property(orders, ({ workers, slots }) => {
      const jains = Array.from({ length: Math.floor(slots.length / workers) }, (_, window) => {
        const accepts = slots.slice(window * workers, (window + 1) * workers);
        const counts = Array.from(
          { length: workers },
          (_, slot) => accepts.filter((each) => each === slot).length,
        );
        return workers / counts.reduce((sum, count) => sum + count ** 2, 0);
      });
      const { mean } = countSequence(orderOf(...slots), workers).windowedJain;
      const expected = jains.reduce((sum, jain) => sum + jain, 0) / jains.length;
      t.true(jains.length === 0 ? mean === null : Math.abs((mean ?? 0) - expected) < 1e-12);
    }),
  );
});

test('a slot beyond the workers, as a restart may have, is counted with its window', (t) => {
  const { windowedJain, accepted } = countSequence(orderOf(0, 2, 1, 1), 2);

  t.is(accepted, 4);
  t.deepEqual(windowedJain, { window: 2, windows: 2, mean: 0.75 });
});

test('the record keeps slots as little-endian 16-bit numbers', (t) => {
  const { slots, truncated } = encodeOrder(orderOf(0, 1, 258));

  t.is(Buffer.from(slots, 'base64').toString('hex'), '000001000201');
  t.false(truncated);
});

test('the record keeps the first 16,384 slots and says when there were more', (t) => {
  const exactly = encodeOrder(new Uint16Array(16_384).fill(1));
  const oneMore = encodeOrder(new Uint16Array(16_385).fill(1));

  t.false(exactly.truncated);
  t.true(oneMore.truncated);
  t.is(oneMore.slots, exactly.slots);
  t.is(Buffer.from(exactly.slots, 'base64').length, 2 * 16_384);
});
