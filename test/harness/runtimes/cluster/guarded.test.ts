import test from 'ava';
import { guarded } from '../../../../harness/runtimes/cluster/guarded.js';
import type { Candidate, Scheduler } from '../../../../harness/runtimes/cluster/scheduler.js';

const candidates: Candidate[] = [0, 1, 2].map((slot) => ({ slot, weight: 1, active: 0, utilization: 0 }));
const connection = { remoteAddress: '127.0.0.1' };
const stranger = { slot: 1, weight: 1, active: 0, utilization: 0 };

function picksOf(scheduler: Scheduler, count: number) {
  const failures: string[] = [];
  const safe = guarded(scheduler, (what) => failures.push(what));
  const picks = Array.from({ length: count }, () => safe.pick(candidates, connection).slot);
  return { picks, failures };
}

test('a scheduler that does well is left alone', (t) => {
  const last: Scheduler = { pick: (all) => all.at(-1) as Candidate };
  t.deepEqual(picksOf(last, 3), { picks: [2, 2, 2], failures: [] });
});

const wrong: [title: string, pick: () => unknown, told: string][] = [
  [
    'nothing',
    () => undefined,
    'pick() returned undefined, which is none of the workers that can take a connection',
  ],
  ['a number', () => 1, 'pick() returned 1, which is none of the workers that can take a connection'],
  [
    'a worker that is gone, or full',
    () => stranger,
    'pick() returned the worker of slot 1, which is none of the workers that can take a connection',
  ],
  [
    'an error',
    () => {
      throw new RangeError('oh');
    },
    'pick() threw RangeError: oh',
  ],
];

const untellable = {
  toString() {
    throw new Error('no');
  },
};
for (const [what, thrown, told] of [
  ['a symbol', Symbol('x'), 'pick() threw Symbol(x)'],
  ['what has no text', untellable, 'pick() threw an object without a text'],
] as const)
  test(`${what} that is thrown is told`, (t) => {
    const pick = () => {
      throw thrown;
    };
    t.deepEqual(picksOf({ pick }, 2), { picks: [0, 1], failures: [told] });
  });

test('a scheduler may take from what it is given', (t) => {
  const first: Scheduler = { pick: (all) => (all as Candidate[]).shift() as Candidate };
  t.deepEqual(picksOf(first, 3), { picks: [0, 0, 0], failures: [] });
});

for (const [title, pick, told] of wrong)
  test(`${title}: every worker has its turn instead, and it is told once`, (t) => {
    const scheduler = { pick } as Scheduler;
    t.deepEqual(picksOf(scheduler, 4), { picks: [0, 1, 2, 0], failures: [told] });
  });

test('what throws when it is told of something is done with too', (t) => {
  const failures: string[] = [];
  const scheduler: Scheduler = {
    pick: (all) => all[2] as Candidate,
    left() {
      throw new Error('gone?');
    },
  };
  const safe = guarded(scheduler, (what) => failures.push(what));
  t.is(safe.pick(candidates, connection).slot, 2);
  safe.left?.(candidates[0] as Candidate);
  t.is(safe.pick(candidates, connection).slot, 0);
  t.deepEqual(failures, ['it threw when it was told: Error: gone?']);
});
