import test from 'ava';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Candidate, Incoming, Scheduler } from '../../../../harness/runtimes/cluster/scheduler.js';
import { schedulers } from '../../../../harness/runtimes/cluster/schedulers/index.js';

const candidate = (slot: number, changes: Partial<Candidate> = {}): Candidate => ({
  slot,
  weight: 1,
  active: 0,
  utilization: 0,
  ...changes,
});
const slots = (count: number) => Array.from({ length: count }, (_, slot) => candidate(slot));
const from = (remoteAddress: string): Incoming => ({ remoteAddress });
const anywhere = from('127.0.0.1');

function schedulerNamed(name: string, seed = 1): Scheduler {
  const generator = xoroshiro128plus(seed);
  const kind = schedulers.find((each) => each.name === name);
  if (kind === undefined) throw new TypeError(name);
  return kind.create({ random: () => uniformFloat64(generator) });
}

/** The slots of so many connections. */
function picks(scheduler: Scheduler, candidates: readonly Candidate[], count: number): number[] {
  return Array.from({ length: count }, () => scheduler.pick(candidates, anywhere).slot);
}

for (const { name } of schedulers)
  test(`${name} picks one of those that there are, whoever they are`, (t) => {
    const worker = fc.record({
      slot: fc.nat(15),
      weight: fc.integer({ min: 1, max: 9 }),
      active: fc.nat(100),
      utilization: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const sets = fc.uniqueArray(worker, { minLength: 1, maxLength: 8, selector: ({ slot }) => slot });
    fc.assert(
      fc.property(fc.array(sets, { minLength: 1, maxLength: 30 }), fc.nat(), (rounds, seed) => {
        const scheduler = schedulerNamed(name, seed);
        return rounds.every((round) => {
          const candidates = round.toSorted((one, other) => one.slot - other.slot);
          return candidates.includes(scheduler.pick(candidates, anywhere));
        });
      }),
    );
    t.pass();
  });

test('strict takes every slot in turn, and goes on from there when one is gone', (t) => {
  const scheduler = schedulerNamed('strict');
  t.deepEqual(picks(scheduler, slots(3), 7), [0, 1, 2, 0, 1, 2, 0]);
  t.deepEqual(picks(scheduler, [candidate(0), candidate(2)], 3), [2, 0, 2]);
  t.deepEqual(picks(scheduler, slots(3), 2), [0, 1]);
});

test('random is as a fair draw is: χ² of 40,000 over 8 slots below its 99.9 % bound', (t) => {
  const counts = new Array(8).fill(0);
  for (const slot of picks(schedulerNamed('random', 7), slots(8), 40_000)) counts[slot] += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
  // χ²₀.₉₉₉ with 7 degrees of freedom.
  t.true(chiSquare < 24.32, String(chiSquare));
  t.true(chiSquare > 0.6, 'and not too even: χ²₀.₀₀₁');
});

test('least-connections takes the fewest, and even ones in turn', (t) => {
  const scheduler = schedulerNamed('least-connections');
  t.is(
    scheduler.pick(
      [candidate(0, { active: 3 }), candidate(1, { active: 1 }), candidate(2, { active: 2 })],
      anywhere,
    ).slot,
    1,
  );
  t.deepEqual(picks(schedulerNamed('least-connections'), slots(3), 6), [0, 1, 2, 0, 1, 2]);
});

test('least-utilised takes the one that had most rest', (t) => {
  const candidates = [0.9, 0.2, 0.5].map((utilization, slot) => candidate(slot, { utilization }));
  t.is(schedulerNamed('least-utilised').pick(candidates, anywhere).slot, 1);
});

test('power-of-two never takes the fullest of three', (t) => {
  const candidates = [5, 1, 3].map((active, slot) => candidate(slot, { active }));
  t.false(picks(schedulerNamed('power-of-two'), candidates, 1000).includes(0));
});

test('power-of-two fills bins to within ln ln n ÷ ln 2 of the mean', (t) => {
  // Azar et al., SIAM J. Comput. 29 (1999): the fullest of n has m ÷ n + ln ln n ÷ ln 2 + O(1) of m balls.
  const scheduler = schedulerNamed('power-of-two', 3);
  const bins = Array.from({ length: 1000 }, (_, slot) => ({ ...candidate(slot), active: 0 }));
  for (let ball = 0; ball < 10_000; ball += 1) {
    const bin = bins[scheduler.pick(bins, anywhere).slot];
    if (bin !== undefined) bin.active += 1;
  }
  const fullest = Math.max(...bins.map(({ active }) => active));
  t.true(fullest <= 10 + Math.log(Math.log(1000)) / Math.LN2 + 2, String(fullest));
});

test('weighted gives 3, 1 and 1 of five, spread out', (t) => {
  const candidates = [3, 1, 1].map((weight, slot) => candidate(slot, { weight }));
  // nginx's own example has weights 5, 1, 1: aabacaa.
  t.deepEqual(picks(schedulerNamed('weighted'), candidates, 10), [0, 1, 0, 2, 0, 0, 1, 0, 2, 0]);
  const nginx = [5, 1, 1].map((weight, slot) => candidate(slot, { weight }));
  t.deepEqual(picks(schedulerNamed('weighted'), nginx, 7), [0, 0, 1, 0, 2, 0, 0]);
});

test('ip-hash keeps an address on its slot, also when others go and when its own was away', (t) => {
  const scheduler = schedulerNamed('ip-hash');
  for (let last = 1; last < 255; last += 1) {
    const connection = from(`127.0.0.${last}`);
    const all = slots(4);
    const its = scheduler.pick(all, connection);
    const another = all[(its.slot + 1) % 4];
    t.is(
      scheduler.pick(
        all.filter((each) => each !== another),
        connection,
      ).slot,
      its.slot,
    );
    t.not(
      scheduler.pick(
        all.filter((each) => each !== its),
        connection,
      ).slot,
      its.slot,
    );
    t.is(scheduler.pick(slots(4), connection).slot, its.slot);
  }
});

test('ip-hash spreads addresses like a fair draw', (t) => {
  const scheduler = schedulerNamed('ip-hash');
  const counts = new Array(4).fill(0);
  for (let index = 0; index < 4000; index += 1)
    counts[scheduler.pick(slots(4), from(`10.0.${index >> 8}.${index & 255}`)).slot] += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  // χ²₀.₉₉₉ with 3 degrees of freedom.
  t.true(chiSquare < 16.27, String(chiSquare));
});
