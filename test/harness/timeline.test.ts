import test from 'ava';
import fc from 'fast-check';
import { countTimeline, type SlotEvents } from '../../harness/timeline.js';

type Flush = [atMs: number, requests: number, open?: number];

function events(slot: number, atMs: number[], flushes: Flush[] = []): SlotEvents {
  const rows = flushes.map(([at, requests, open = 0]) => ({
    atMs: at,
    requests,
    connections: open,
    closed: 0,
  }));
  return { slot, atMs: Float64Array.from(atMs), flushes: rows };
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

const window = { startedAtMs: 1000, endedAtMs: 1200 };

test('requests are taken as spread evenly over the time between two flushes', (t) => {
  const flushes: Flush[] = [
    [990, 7],
    [1040, 9],
    [1090, 17],
    [1110, 27],
    [1150, 28],
  ];
  const { requests } = countTimeline([events(0, [], flushes)], 1, window);

  t.deepEqual(requests, [[15, 6]]);
});

test('what happens after the end falls into the last interval', (t) => {
  const flushes: Flush[] = [
    [990, 0],
    [1190, 1],
    [1215, 8],
  ];
  const { connections, requests } = countTimeline([events(0, [1010, 5000], flushes)], 1, window);

  t.deepEqual(connections, [[1, 1]]);
  t.deepEqual(requests, [[0, 8]]);
});

test('what was counted before the window is not counted in it', (t) => {
  const { requests } = countTimeline([events(0, [], [[900, 50]])], 1, window);

  t.deepEqual(requests, [[0, 0]]);
});

test('active is what was open at the last flush in each interval', (t) => {
  const flushes: Flush[] = [
    [990, 0, 0],
    [1010, 0, 5],
    [1099, 0, 3],
    [1101, 0, 9],
    [1199, 0, 2],
    [1201, 0, 0],
  ];
  const { active } = countTimeline([events(0, [], flushes)], 1, window);

  t.deepEqual(active, [[3, 0]]);
});

test('a process that could not flush is as it was', (t) => {
  const { active } = countTimeline([events(0, [], [[990, 0, 4]])], 1, window);

  t.deepEqual(active, [[4, 4]]);
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
  const gains = fc.array(fc.tuple(fc.nat(100), fc.nat(9)), { minLength: 1, maxLength: 60 });
  const property = fc.property(
    fc.array(fc.record({ times, gains }), { minLength: 1, maxLength: 4 }),
    fc.double({ min: 0, max: 2500, noNaN: true }),
    fc.double({ min: 0, max: 2500, noNaN: true }),
    (perSlot, startedAtMs, lengthMs) => {
      const given = perSlot.map((slot, index) => {
        const upTo = (length: number) => slot.gains.slice(0, length + 1);
        const flushes = slot.gains.map(
          (_, length): Flush => [
            sum(upTo(length).map(([afterMs]) => afterMs)),
            sum(upTo(length).map(([, gained]) => gained)),
          ],
        );
        return events(index, slot.times, flushes);
      });
      const within = { startedAtMs, endedAtMs: startedAtMs + lengthMs };
      const { connections, requests, active } = countTimeline(given, perSlot.length, within);
      t.deepEqual(
        connections.map(sum),
        perSlot.map((slot) => slot.times.length),
      );
      t.deepEqual(
        requests.map(sum),
        perSlot.map((slot) => sum(slot.gains.slice(1).map(([, gained]) => gained))),
      );
      const rows = [...connections, ...requests, ...active];
      t.is(new Set(rows.map(({ length }) => length)).size, 1);
      t.true(rows.flat().every((count) => count >= 0));
    },
  );
  fc.assert(property);
});
