import test from 'ava';
import { sequence } from '../../../reports/analysis/sequence.js';
import { summarize } from '../../../reports/analysis/summary.js';
import { expectedJain } from '../../../reports/analysis/windowed-jain.js';
import { buildTrial, sequenceOf } from '../build-run.js';

const strictRoundRobin = Array.from({ length: 1000 }, (_, index) => index % 4);

test('strict round robin never repeats a worker, and every window is perfectly even', (t) => {
  const found = sequence(sequenceOf(strictRoundRobin, 4), 4);
  t.like(found, {
    accepted: 1000,
    repeats: 0,
    repeatShare: 0,
    expectedRepeatShare: 0.25,
    meanRun: 1,
    longestRun: 1,
  });
  t.is(found.windowedJain.mean, 1);
  t.is(found.windowedJain.expected.toFixed(3), '0.618');
  t.true((found.pRepeats ?? 1) < 1e-100);
});

test('one worker taking everything is one long run of repeats', (t) => {
  const found = sequence(sequenceOf(Array<number>(100).fill(2), 4), 4);
  t.like(found, { repeats: 99, repeatShare: 1, meanRun: 100, longestRun: 100 });
  t.is(found.windowedJain.mean, 0.25);
});

test('the burst of 20 with 6 repeats over 4 workers is no evidence against chance', (t) => {
  const order = [0, 0, 1, 2, 3, 3, 3, 0, 1, 1, 2, 3, 0, 1, 2, 2, 3, 0, 0, 1];
  const found = sequence(sequenceOf(order, 4), 4);
  t.is(found.repeats, 6);
  t.true((found.pRepeats ?? 0) > 0.3);
});

test('a single connection has no pair to test', (t) => {
  t.like(sequence(sequenceOf([1], 4), 4), {
    accepted: 1,
    repeatShare: null,
    pRepeats: null,
    meanRun: 1,
    longestRun: 1,
  });
});

test('no connections have no runs', (t) => {
  t.like(sequence(sequenceOf([], 4), 4), {
    accepted: 0,
    repeatShare: null,
    pRepeats: null,
    meanRun: null,
    longestRun: null,
  });
});

test('with one worker every connection repeats and there is nothing to test', (t) => {
  t.like(sequence(sequenceOf([0, 0, 0], 1), 1), {
    repeats: 2,
    repeatShare: 1,
    expectedRepeatShare: 1,
    pRepeats: null,
  });
});

const orderOf = (slots: number[]) => ({
  slots: Buffer.from(Uint16Array.from(slots).buffer).toString('base64'),
  truncated: false,
});

test('the accepts until every slot had one stand beside the coupon collector’s', (t) => {
  const of = (slots: number[], workers: number) =>
    sequence(sequenceOf(slots, workers), workers, orderOf(slots)).acceptsToServeAll;
  t.is(of(strictRoundRobin, 4).seen, 4);
  t.is(of([0, 0, 1, 0, 2, 2, 0], 3).seen, 5);
  t.is(of([0, 0, 1, 0, 1], 3).seen, null);
  t.is(of([], 2).seen, null);
  // k·Hₖ: 4 (1 + ½ + ⅓ + ¼)
  t.true(Math.abs(of([], 4).expected - 25 / 3) < 1e-12);
  t.is(sequence(sequenceOf([0, 1], 2), 2).acceptsToServeAll.seen, null);
});

test('a cell says in how many trials some slot had none', (t) => {
  const trials = [
    [0, 1, 0],
    [0, 0, 0],
  ].map((order, index) => buildTrial({ run: index + 1, order, workers: 2 }, { acceptOrder: orderOf(order) }));
  const [cell] = summarize({ trials });
  t.is(cell?.sequence?.neverServedAll, 1);
  t.is(cell?.sequence?.acceptsToServeAll.seen?.median, 2);
});

for (const [window, workers] of [
  [4, 4],
  [3, 3],
  [5, 2],
  [2, 7],
] as const) {
  test(`the expected Jain index of ${window} draws over ${workers} is the mean over every outcome`, (t) => {
    let sum = 0;
    for (let outcome = 0; outcome < workers ** window; outcome++) {
      const counts = Array<number>(workers).fill(0);
      for (let draw = 0, rest = outcome; draw < window; draw++, rest = Math.floor(rest / workers)) {
        counts[rest % workers] = (counts[rest % workers] ?? 0) + 1;
      }
      sum += window ** 2 / (workers * counts.reduce((squares, count) => squares + count ** 2, 0));
    }
    t.true(Math.abs(expectedJain(window, workers) - sum / workers ** window) < 1e-12);
  });
}

test('the expected Jain index goes on smoothly where the expansion takes over from the exact sum', (t) => {
  for (const workers of [2, 8, 64, 128]) {
    const [before, at, after] = [39, 40, 41].map((window) => expectedJain(window, workers)) as [
      number,
      number,
      number,
    ];
    t.true(Math.abs(after - at - (at - before)) < 0.001);
  }
});
