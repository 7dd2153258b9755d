import test from 'ava';
import fc from 'fast-check';
import type { BinRow } from '../../harness/probe/reader.js';
import { countTimeline, type SlotEvents } from '../../harness/timeline.js';

function events(slot: number, atMs: number[], bins: BinRow[] = []): SlotEvents {
  return { slot, atMs: Float64Array.from(atMs), bins };
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

test('connections fall into intervals of 100 ms from the start of the window', (t) => {
  const timeline = countTimeline([events(0, [1000, 1099, 1100]), events(1, [1250])], 2, {
    startedAtMs: 1000,
    endedAtMs: 1300,
  });

  t.is(timeline.intervalSeconds, 0.1);
  t.deepEqual(timeline.connections, [
    [2, 1, 0],
    [0, 0, 1],
  ]);
});

test('the first interval begins at the 10 ms bin that holds the start, so that bins and accepts agree', (t) => {
  const bins = [{ bin: 100, requests: 3, closed: 0 }];
  const window = { startedAtMs: 1007, endedAtMs: 1100 };
  const { connections, requests } = countTimeline([events(0, [1008, 1099.9], bins)], 1, window);

  t.deepEqual(connections, [[2]]);
  t.deepEqual(requests, [[3]]);
});

test('requests are counted where their bin lies', (t) => {
  const bins = [
    { bin: 0, requests: 1, closed: 0 },
    { bin: 9, requests: 2, closed: 0 },
    { bin: 10, requests: 4, closed: 0 },
  ];
  const { requests } = countTimeline([events(0, [], bins)], 1, { startedAtMs: 0, endedAtMs: 200 });

  t.deepEqual(requests, [[3, 4]]);
});

test('what happens after the end falls into the last interval', (t) => {
  const bins = [{ bin: 500, requests: 7, closed: 1 }];
  const { connections, requests } = countTimeline([events(0, [10, 5000], bins)], 1, {
    startedAtMs: 0,
    endedAtMs: 200,
  });

  t.deepEqual(connections, [[1, 1]]);
  t.deepEqual(requests, [[0, 7]]);
});

test('active is what is open at the end of each interval', (t) => {
  const bins = [
    { bin: 15, requests: 0, closed: 1 },
    { bin: 25, requests: 0, closed: 2 },
  ];
  const { active } = countTimeline([events(0, [0, 1, 110], bins)], 1, { startedAtMs: 0, endedAtMs: 400 });

  t.deepEqual(active, [[2, 2, 0, 0]]);
});

test('a close that is one bin ahead of its accept leaves no negative count', (t) => {
  const bins = [{ bin: 9, requests: 0, closed: 1 }];
  const { active } = countTimeline([events(0, [100.2], bins)], 1, { startedAtMs: 0, endedAtMs: 200 });

  t.deepEqual(active, [[0, 0]]);
});

test('a window without length has one interval', (t) => {
  t.deepEqual(countTimeline([events(0, [50])], 1, { startedAtMs: 50, endedAtMs: 50 }).connections, [[1]]);
});

test('two processes of one slot share its row', (t) => {
  const { connections } = countTimeline([events(0, [10]), events(0, [150])], 1, {
    startedAtMs: 0,
    endedAtMs: 200,
  });

  t.deepEqual(connections, [[1, 1]]);
});

test('each row adds up to what its slot had, whenever it happened', (t) => {
  const times = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { maxLength: 30 });
  const bins = fc.array(fc.record({ bin: fc.nat(500), requests: fc.nat(9), closed: fc.nat(9) }), {
    maxLength: 10,
  });
  const property = fc.property(
    fc.array(fc.record({ times, bins }), { minLength: 1, maxLength: 4 }),
    fc.double({ min: 0, max: 2500, noNaN: true }),
    fc.double({ min: 0, max: 2500, noNaN: true }),
    (perSlot, startedAtMs, lengthMs) => {
      const given = perSlot.map((slot, index) => events(index, slot.times, slot.bins));
      const window = { startedAtMs, endedAtMs: startedAtMs + lengthMs };
      const { connections, requests, active } = countTimeline(given, perSlot.length, window);
      t.deepEqual(
        connections.map(sum),
        perSlot.map((slot) => slot.times.length),
      );
      t.deepEqual(
        requests.map(sum),
        perSlot.map((slot) => sum(slot.bins.map((bin) => bin.requests))),
      );
      const rows = [...connections, ...requests, ...active];
      t.is(new Set(rows.map(({ length }) => length)).size, 1);
      t.true(rows.flat().every((count) => count >= 0));
    },
  );
  fc.assert(property);
});
