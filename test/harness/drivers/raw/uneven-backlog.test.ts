import test from 'ava';
import { UnevenBacklog } from '../../../../harness/drivers/raw/uneven-backlog.js';
import { raw } from '../../../../harness/drivers/raw.js';
import { spell } from '../../../helpers/spell.js';
import { countingServer } from '../../../helpers/tcp-server.js';

const places = 10;

/** How many of `arrivals` each place is given. */
function shares(arrivals: number, seed: number): number[] {
  const backlog = new UnevenBacklog(places, seed);
  const given = Array.from({ length: places }, () => 0);
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    backlog.add(arrival);
    const index = given.findIndex((_, place) => backlog.take(place) !== undefined);
    given[index] = (given[index] ?? 0) + 1;
  }
  return given;
}

test('the r-th busiest place has 1 ÷ r of what the busiest has', (t) => {
  const arrivals = 29_290; // 10,000 × (1 + 1/2 + … + 1/10)
  for (const seed of [1, 2, 3])
    for (const [rank, share] of shares(arrivals, seed)
      .toSorted((a, b) => b - a)
      .entries()) {
      const expected = 10_000 / (rank + 1);
      // Five standard deviations of a count.
      t.true(Math.abs(share - expected) < 5 * Math.sqrt(expected), `${share} for ${expected}`);
    }
});

test('another seed makes another place the busiest', (t) => {
  const busiest = (seed: number) => {
    const given = shares(500, seed);
    return given.indexOf(Math.max(...given));
  };

  t.is(busiest(1), busiest(1));
  t.true(new Set(Array.from({ length: 20 }, (_, seed) => busiest(seed))).size > 3);
});

test('what is due on one connection waits for it, though others are idle', (t) => {
  const backlog = new UnevenBacklog(2, 1);
  const pumped: number[] = [];
  for (const index of [0, 1]) backlog.idle({ index, pump: () => pumped.push(index) });
  for (let arrival = 0; arrival < 20; arrival += 1) backlog.add(arrival);

  t.deepEqual(pumped.toSorted(), [0, 1], 'each once, when it had its first');
  const own: number[] = [];
  for (let due = backlog.take(0); due !== undefined; due = backlog.take(0)) own.push(due);
  t.true(own.length > 0 && own.length < 20);
  t.deepEqual(
    own,
    own.toSorted((a, b) => a - b),
  );
  t.is(backlog.length, 20 - own.length);

  backlog.giveBack(own[0] ?? 0, 0);
  t.is(backlog.take(0), own[0]);
  backlog.clear();
  t.deepEqual([backlog.length, backlog.take(0), backlog.take(1)], [0, undefined, undefined]);
});

for (const limit of [{ durationMs: 300 }, { requests: 120 }]) {
  test.serial(
    `connections are opened once and all that is due is sent: ${JSON.stringify(limit)}`,
    async (t) => {
      const server = await countingServer(t, (socket) => socket.pipe(socket));
      const exchange = { kind: 'echo', sizeBytes: 16 } as const;
      const job = { exchange, pattern: 'uneven', rate: 400, connections: 6, ...limit } as const;

      const { client } = await spell(t, raw, server, job);

      t.like(client, { opened: 6, scheduled: 120, unsent: 0, requestsCompleted: 120, requestsFailed: 0 });
    },
  );
}
