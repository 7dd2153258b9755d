import test from 'ava';
import type { Job } from '../../../harness/drivers/driver.js';
import { type Lane, Lanes } from '../../../harness/drivers/lanes.js';
import { Recorder } from '../../../harness/drivers/recorder.js';

/** Lanes on a clock that stands until it is set. */
function setUp(changes: Partial<Job>) {
  const job: Job = {
    driver: 'raw',
    target: { host: '127.0.0.1', port: 1 },
    exchange: { kind: 'pid' },
    connections: 1,
    durationMs: null,
    requests: null,
    timeoutMs: 1000,
    seed: 1,
    ...changes,
  };
  const clock = { ms: 0 };
  const recorder = new Recorder(() => clock.ms, job.durationMs);
  return { job, clock, recorder, lanes: new Lanes(job, recorder) };
}

test('a count of requests is handed out once and no more', (t) => {
  const { lanes } = setUp({ requests: 3 });

  t.deepEqual(
    Array.from({ length: 5 }, () => lanes.take()),
    [true, true, true, false, false],
  );
  t.true(lanes.over);
});

test('a duration hands out requests until the deadline, and none at it', (t) => {
  const { lanes, clock } = setUp({ durationMs: 100 });

  clock.ms = 99.999;
  t.true(lanes.take());
  t.false(lanes.over);
  clock.ms = 100;
  t.true(lanes.over);
  t.false(lanes.take());
});

test('the run is over when the last lane has finished', async (t) => {
  const { job, lanes } = setUp({ connections: 3, requests: 3 });
  const finish: (() => void)[] = [];
  let over = false;
  const run = lanes
    .run(job, (finished, index) => {
      finish[index] = finished;
      return { waitingSinceMs: undefined, expire: () => {} };
    })
    .then(() => {
      over = true;
    });

  finish[2]?.();
  finish[0]?.();
  await new Promise(setImmediate);
  t.false(over);
  finish[1]?.();
  await run;
  t.true(over);
});

test('lanes that finish as they start are waited for all the same', async (t) => {
  const { job, lanes } = setUp({ connections: 2, requests: 1 });

  await t.notThrowsAsync(
    lanes.run(job, (finished) => {
      finished();
      return { waitingSinceMs: undefined, expire: () => {} };
    }),
  );
});

test('only a lane that has waited longer than the timeout is given up', async (t) => {
  const { job, lanes, clock } = setUp({ connections: 3, durationMs: 1e9 });
  const expired: number[] = [];
  const finish: (() => void)[] = [];
  const waitingSince = [500, 501, undefined];
  const run = lanes.run(job, (finished, index) => {
    finish.push(finished);
    const lane: Lane = {
      waitingSinceMs: waitingSince[index],
      expire: () => {
        expired.push(index);
        lane.waitingSinceMs = undefined;
        for (const each of finish) each();
      },
    };
    return lane;
  });

  clock.ms = 1500.5;
  await run;

  t.deepEqual(expired, [0]);
});

test('a count that a dead server can never reach is given up after the timeout', async (t) => {
  const { job, lanes, clock } = setUp({ requests: 1000 });
  const run = lanes.run(job, (finished) => {
    const poll = setInterval(() => {
      clock.ms += 100;
      if (!lanes.over) return;
      clearInterval(poll);
      finished();
    });
    return { waitingSinceMs: undefined, expire: () => {} };
  });

  await run;

  t.true(clock.ms > job.timeoutMs);
  t.false(lanes.take());
});
