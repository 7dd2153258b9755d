import test from 'ava';
import { shareOverTime } from '../../../reports/analysis/share-over-time.js';
import { typicalTrial } from '../../../reports/analysis/typical-trial.js';
import { buildTrial, workerRow } from '../build-run.js';

const skews = [100, 400, 200, 300];
const trials = skews.map((extra, index) => buildTrial({ run: index + 1, counts: [500 + extra, 500] }));

test('the typical trial is the one of median Jain, the less even of the middle two', (t) => {
  t.is(typicalTrial(trials)?.run, 4);
  t.is(typicalTrial(trials.slice(0, 3))?.run, 3);
});

test('an invalid trial is never typical', (t) => {
  const [first, ...others] = trials;
  t.is(
    typicalTrial([first, ...others.map((trial) => ({ ...trial, valid: false }))].flatMap((x) => x ?? []))
      ?.run,
    1,
  );
  t.is(typicalTrial(trials.map((trial) => ({ ...trial, valid: false }))), undefined);
});

test('every slot has a row: idle, unseen and restarted ones too', (t) => {
  const trial = buildTrial(
    { workers: 4 },
    {
      workers: [
        workerRow(0, { connections: 60 }),
        workerRow(1, { connections: 0 }),
        workerRow(3, { connections: 30, exit: { code: null, signal: 'SIGKILL', atSeconds: 1 } }),
        workerRow(3, { pid: 99, connections: 10 }),
      ],
    },
  );
  const slots = typicalTrial([trial])?.slots;
  t.deepEqual(
    slots?.map(({ connections, connectionShare }) => [connections, connectionShare]),
    [
      [60, 0.6],
      [0, 0],
      [0, 0],
      [40, 0.4],
    ],
  );
  t.deepEqual(
    slots?.map(({ processes }) => processes.length),
    [1, 1, 0, 2],
  );
  t.is(slots?.[3]?.processes[0]?.exit?.signal, 'SIGKILL');
});

test('requests get bars of their own only where their shares visibly differ', (t) => {
  const differ = (requests: number[]) =>
    typicalTrial([buildTrial({ counts: [50, 50], requests })])?.requestsDiffer;
  t.false(differ([0, 0]));
  t.false(differ([510, 490]));
  t.true(differ([600, 400]));
});

const timeline = (connections: number[][], requests: number[][] = connections.map(() => [])) => ({
  ...buildTrial().timeline,
  intervalSeconds: 0.1,
  connections,
  requests,
});

test('shares over time add up to one in every step, and long runs are merged into few steps', (t) => {
  const over = shareOverTime(timeline([Array<number>(100).fill(3), Array<number>(100).fill(1)]), 30);
  t.is(over?.shares[0]?.length, 25);
  t.deepEqual(
    over?.shares.map((shares) => new Set(shares)),
    [new Set([0.75]), new Set([0.25])],
  );
  t.true(Math.abs((over?.seconds ?? 0) - 10) < 1e-9);
});

test('a step in which nothing arrived repeats the share before it', (t) => {
  const over = shareOverTime(
    timeline([
      [0, 1, 0, 3, 1, 1, 1],
      [0, 1, 0, 1, 1, 1, 1],
    ]),
    30,
  );
  t.deepEqual(over?.shares[0], [0.5, 0.5, 0.5, 0.75, 0.5, 0.5, 0.5]);
});

test('where connections only come at the start, requests are shown', (t) => {
  const over = shareOverTime(
    timeline(
      [
        [50, 0, 0, 0, 0, 0],
        [50, 0, 0, 0, 0, 0],
      ],
      [Array(6).fill(30), Array(6).fill(10)],
    ),
    30,
  );
  t.is(over?.of, 'requests');
  t.is(over?.shares[0]?.[0], 0.75);
});

test('a single worker, and a few intervals, give no lines', (t) => {
  t.is(shareOverTime(timeline([[1, 1, 1, 1, 1, 1]]), 30), null);
  t.is(
    shareOverTime(
      timeline([
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ]),
      30,
    ),
    null,
  );
});

test('more than eight workers become the busiest, the middle and the least busy share', (t) => {
  const over = shareOverTime(timeline(Array.from({ length: 9 }, (_, slot) => Array(6).fill(slot))), 30);
  t.is(over?.lines, 'extremes');
  t.deepEqual(
    over?.shares.map(([share]) => share),
    [8 / 36, 4 / 36, 0],
  );
});
