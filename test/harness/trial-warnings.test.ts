import test from 'ava';
import type { ObservedWorker } from '../../harness/quiet-point.js';
import { type Rig, warningsOf } from '../../harness/trial-warnings.js';
import type { Measured } from '../../harness/verdict.js';
import { client, conservation, dead, healthy, observation } from '../helpers/judged-trial.js';
import { histogramOf, workerRow } from '../reports/build-run.js';

/** An observed worker of which only what warnings look at is there. */
const dropping = (dropped: number) => ({ listeners: [{ listener: 0, row: { dropped } }] }) as ObservedWorker;

function warned(changes: Partial<Measured>, rig: Partial<Rig> = {}) {
  const quiet = { before: observation(), after: observation() };
  const machine = { cpuSeconds: 2.5, wallSeconds: 2 };
  const big = { cores: 8, processors: 8, platform: 'linux' };
  return warningsOf({ ...healthy, ...changes }, { ...quiet, machine, ...big, ...rig });
}

test('a trial in good order has no warning', (t) => {
  t.deepEqual(warned({}), []);
});

const warnings: [title: string, changes: Partial<Measured>, rig: Partial<Rig>, expected: object][] = [
  [
    'a client at its limit',
    client({ saturated: true, eventLoopUtilization: 0.97 }),
    {},
    { code: 'client-saturated', eventLoopUtilization: 0.97 },
  ],
  // Two workers and the client.
  ['more processes than cores', {}, { cores: 2 }, { code: 'cpu-contention', processes: 3, cores: 2 }],
  [
    'other programs that took a quarter of the machine',
    {},
    { machine: { cpuSeconds: 6.5, wallSeconds: 2 } },
    { code: 'noisy-machine', share: 0.25 },
  ],
  [
    'requests that the client was slow to handle',
    client({ sendLag: histogramOf([1500]) }),
    {},
    { code: 'send-lag', p99Ms: 1.5 },
  ],
  [
    'a client that stood still to collect garbage',
    client({ gc: { pauses: 2, totalMs: 21, longestMs: 20 } }),
    {},
    { code: 'client-gc', longestMs: 20 },
  ],
  [
    'a stall that a closed loop hides',
    { latency: { response: histogramOf([...Array<number>(999).fill(1000), 1_000_000]) } },
    {},
    { code: 'stall-hidden', longestMs: 1000, p99Ms: 1 },
  ],
  [
    'attempts that did not become connections',
    client({ attempted: 32, errors: { ECONNREFUSED: 2 } }),
    {},
    { code: 'connects-failed', failed: 2, opened: 30, errors: { ECONNREFUSED: 2 } },
  ],
  [
    'requests that failed',
    client({ requestsFailed: 2, requestsCompleted: 28, errors: { HTTP_503: 2 } }),
    {},
    { code: 'requests-failed', failed: 2, completed: 28, errors: { HTTP_503: 2 } },
  ],
  [
    'unattributed connections',
    conservation(28),
    {},
    { code: 'unattributed', unattributed: 2, opened: 30, of: 'connections' },
  ],
  [
    'a platform that does not tell who listens',
    { mechanismKnown: false },
    { platform: 'win32' },
    { code: 'mechanism-unknown', platform: 'win32' },
  ],
  [
    'connections that are open when the window opens',
    {},
    { before: observation({ stillOpen: 3 }) },
    { code: 'still-open', connections: 3 },
  ],
  [
    'connections that are open when it has closed',
    {},
    { after: observation({ stillOpen: 4 }) },
    { code: 'still-open', connections: 4 },
  ],
  [
    'connections that a server dropped in the window',
    {},
    {
      before: observation({ workers: [dropping(5)] }),
      after: observation({ workers: [dropping(6), dropping(2)] }),
    },
    { code: 'dropped', connections: 3 },
  ],
  [
    'a probe that has not reported',
    {},
    { after: observation({ silent: [{ slot: 1, pid: 9, seconds: 1.5 }] }) },
    { code: 'probe-silent', slot: 1, pid: 9, seconds: 1.5 },
  ],
  [
    'a worker that ended',
    { workers: [workerRow(0), dead] },
    {},
    { code: 'worker-exit', slot: 1, pid: 901, exitCode: null, signal: 'SIGKILL', atSeconds: 0.5 },
  ],
];

for (const [title, changes, rig, expected] of warnings) {
  test(`${title}: a warning with its data`, (t) => {
    t.deepEqual(warned(changes, rig), [expected] as never);
  });
}

test('a sixteenth of the machine taken by others is not warned of', (t) => {
  t.deepEqual(warned({}, { machine: { cpuSeconds: 3.5, wallSeconds: 2 } }), []);
});

test('only processes that were busy contend for a core', (t) => {
  const busy = 0.11;
  const used = (...utilizations: number[]) =>
    utilizations.map((eventLoopUtilization, slot) => workerRow(slot, { eventLoopUtilization }));
  const primary = { role: 'primary', pid: 41232, cpuSeconds: 0.5, maxRssBytes: 5e7 } as const;
  const contending = (workers: number[], front = 0) => {
    const rows = { workers: used(...workers), front: [{ ...primary, eventLoopUtilization: front }] };
    return warned(rows, { cores: 2 }).map(({ code, processes }) => [code, processes]);
  };

  t.deepEqual(contending([busy, 0.1, 0.1, 0], 0.1), []);
  t.deepEqual(contending([busy, busy]), [['cpu-contention', 3]]);
  t.deepEqual(contending([busy, 0.1], busy), [['cpu-contention', 3]]);
});

test('what others take is a share of the whole machine, of which bench may use less', (t) => {
  const machine = { cpuSeconds: 6.5, wallSeconds: 2 };

  t.deepEqual(warned({}, { machine, cores: 4, processors: 8 }), [{ code: 'noisy-machine', share: 0.25 }]);
});

test('connections dropped before the window are not warned of', (t) => {
  const same = observation({ workers: [dropping(5)] });

  t.deepEqual(warned({}, { before: same, after: same }), []);
});
