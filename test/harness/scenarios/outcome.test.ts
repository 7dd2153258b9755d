import test from 'ava';
import { secondsToEven } from '../../../harness/scenarios/outcome.js';

/** One row per slot, an interval of 0.1 s per column. */
const rows = (requests: number[][], connections = requests) => ({
  intervalSeconds: 0.1,
  measuredSeconds: (requests[0]?.length ?? 0) / 10,
  requests,
  connections,
});
const inSlot0 = { slot: 0, atSeconds: 0.25, isLate: false };

test('a slot that goes on as before is even at once', (t) => {
  t.is(
    secondsToEven(
      rows([
        [10, 10, 9, 10, 10],
        [10, 10, 11, 10, 10],
      ]),
      inSlot0,
    ),
    0,
  );
});

test('a slot that is served again is even from the beginning of that interval', (t) => {
  const again = rows([
    [10, 10, 2, 0, 9, 10],
    [10, 10, 18, 20, 11, 10],
  ]);
  t.is(secondsToEven(again, inSlot0)?.toFixed(3), '0.150');
});

test('one that falls back, or does not come back, was not even by the end', (t) => {
  t.is(
    secondsToEven(
      rows([
        [10, 10, 2, 10, 0],
        [10, 10, 18, 10, 20],
      ]),
      inSlot0,
    ),
    null,
  );
});

test('what is left of an interval at the deadline, and what comes after it, is not looked at', (t) => {
  const { measuredSeconds, ...drained } = rows([
    [10, 10, 10, 10, 0, 0],
    [10, 10, 10, 10, 1, 0],
  ]);
  t.is(secondsToEven({ ...drained, measuredSeconds: 0.45 }, inSlot0), 0);
  t.is(secondsToEven({ ...drained, measuredSeconds }, inSlot0), null);
});

test('its own share before is what counts: half of it will do', (t) => {
  const uneven = rows([
    [4, 4, 2, 2, 2],
    [16, 16, 18, 18, 18],
  ]);
  t.is(secondsToEven(uneven, inSlot0), 0);
});

test('a late worker needs half of an even share', (t) => {
  const late = rows([
    [20, 20, 20, 14, 11],
    [0, 0, 0, 6, 9],
  ]);
  t.is(secondsToEven(late, { slot: 1, atSeconds: 0.25, isLate: true })?.toFixed(3), '0.050');
});

test('where it happens to all, all must be served', (t) => {
  const rolling = rows([
    [10, 10, 0, 10, 10],
    [10, 10, 20, 0, 10],
    [10, 10, 10, 20, 10],
  ]);
  t.is(secondsToEven(rolling, { slot: null, atSeconds: 0.2, isLate: false })?.toFixed(3), '0.200');
});

test('an interval with hardly a request says nothing', (t) => {
  t.is(
    secondsToEven(
      rows([
        [10, 10, 10, 2],
        [10, 10, 10, 2],
      ]),
      inSlot0,
    ),
    null,
  );
});

test('of connections that carry many requests the requests count', (t) => {
  const kept = [
    [5, 0, 0, 0],
    [5, 0, 0, 0],
  ];
  const requests = [
    [100, 100, 100, 100],
    [100, 100, 100, 100],
  ];
  t.is(secondsToEven(rows(requests, kept), inSlot0), 0);
});

test('of one slot there is nothing to be said', (t) => {
  t.is(secondsToEven(rows([[10, 10, 0, 10]]), inSlot0), null);
});

test('connections count where no request is known', (t) => {
  const none = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  const connections = [
    [10, 10, 10, 10],
    [10, 10, 10, 10],
  ];
  t.is(secondsToEven(rows(none, connections), inSlot0), 0);
});
