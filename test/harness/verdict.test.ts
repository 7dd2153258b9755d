import test from 'ava';
import type { Spell } from '../../harness/drivers/recorder.js';
import type { Observation, ObservedWorker } from '../../harness/quiet-point.js';
import type { ClientRecord, WorkerRecord } from '../../harness/record.js';
import { invalidity, type Rig, warningsOf } from '../../harness/verdict.js';
import { buildTrial, workerRow } from '../reports/build-run.js';

type Measured = Parameters<typeof invalidity>[0];

/** 2.5 s of CPU: two workers, their primary and the client's second. */
const healthy: Measured = {
  ...buildTrial({ counts: [10, 20], cpuSeconds: [0.5, 0.5] }),
  mechanismKnown: true,
};
const dead: WorkerRecord = workerRow(1, {
  pid: 901,
  connections: 20,
  exit: { code: null, signal: 'SIGKILL', atSeconds: 0.5 },
});
const answers: Spell['answeredBy'] = { 41233: 10, 41234: 20 };

const client = (changes: Partial<ClientRecord>) => ({ client: { ...healthy.client, ...changes } });
const conservation = (attributed: number) => ({
  conservation: {
    of: 'connections' as const,
    holds: attributed === 30,
    opened: 30,
    attributed,
    unattributed: 30 - attributed,
  },
});

function reasonOf(changes: Partial<Measured>, answeredBy: Spell['answeredBy'] = {}) {
  return invalidity({ ...healthy, ...changes }, { answeredBy } as Spell);
}

const reasons: [title: string, changes: Partial<Measured>, code: string, message: RegExp][] = [
  [
    'a mechanism other than the promised one',
    { mechanism: { expected: 'reuseport', detected: 'round-robin', listeners: [] } },
    'mechanism',
    /^rr promises reuseport, but the listening sockets show round-robin$/,
  ],
  [
    'a worker that ended by a signal',
    { workers: [workerRow(0), dead] },
    'worker-exit',
    /^the worker in slot 1 \(PID 901\) ended with SIGKILL while it was measured$/,
  ],
  [
    'a worker that ended by itself',
    { workers: [workerRow(0, { pid: 900, exit: { code: 7, signal: null, atSeconds: 0.5 } })] },
    'worker-exit',
    /^the worker in slot 0 \(PID 900\) ended with exit code 7 /,
  ],
  ['connections that no probe saw', conservation(29), 'conservation', /opened 30 connections .* counted 29$/],
  [
    'connections that nobody opened',
    conservation(31),
    'conservation',
    /opened 30 connections .* counted 31$/,
  ],
  [
    'answers that close kept connections',
    client({ errors: { CONNECTION_CLOSE: 3 } }),
    'not-keep-alive',
    /closes connections after its answers/,
  ],
  [
    'no answer by the deadline',
    client({ completedByDeadline: 0, errors: { ECONNRESET: 4, ETIMEDOUT: 1 } }),
    'no-answer',
    /^no request was answered in time \(ECONNRESET × 4, ETIMEDOUT × 1\)$/,
  ],
];

test('a trial in which everything adds up is valid', (t) => {
  t.is(reasonOf({}), undefined);
  t.is(reasonOf({}, answers), undefined);
});

for (const [title, changes, code, message] of reasons) {
  test(`${title} is not valid: ${code}`, (t) => {
    const error = reasonOf(changes, changes.workers ? {} : answers);

    t.is(error?.code, code);
    t.regex(error?.message ?? '', message);
  });
}

test('an unknown mechanism is believed where the platform does not tell', (t) => {
  const mechanism = { expected: 'shared', detected: 'unknown', listeners: [] } as const;

  t.is(reasonOf({ mechanism: { ...mechanism, listeners: [] }, mechanismKnown: false }), undefined);
  t.is(reasonOf({ mechanism: { ...mechanism, listeners: [] } })?.code, 'mechanism');
});

test('more answers under a PID than its probe counted are not valid', (t) => {
  const error = reasonOf({}, { 41233: 11, 41234: 19 });

  t.is(error?.code, 'attribution');
  t.is(error?.message, 'PID 41233 answered 11 connections and its probe counted 10');
});

test('fewer answers under a PID are not valid, unless requests failed', (t) => {
  t.is(reasonOf({}, { 41233: 9, 41234: 20 })?.code, 'attribution');
  t.is(reasonOf(client({ requestsFailed: 1 }), { 41233: 9, 41234: 20 }), undefined);
});

test('an answer from a process that is no worker is not valid, even when requests failed', (t) => {
  const error = reasonOf(client({ requestsFailed: 1 }), { 41233: 10, 7: 20 });

  t.is(error?.message, 'PID 7 answered 20 connections and its probe counted 0');
});

test('of several reasons the one that explains the others is told', (t) => {
  const order = [
    { mechanism: { expected: 'reuseport', detected: 'unknown', listeners: [] } },
    { workers: [workerRow(0), dead] },
    conservation(3),
    {}, // The answers below are misattributed in any case.
    client({ errors: { CONNECTION_CLOSE: 1 }, completedByDeadline: 0 }),
  ] as Partial<Measured>[];
  const codes = ['mechanism', 'worker-exit', 'conservation', 'attribution'];

  for (const [index, code] of codes.entries()) {
    t.is(reasonOf(Object.assign({}, ...order.slice(index)), { 7: 1 })?.code, code);
  }
  t.is(reasonOf(order[4] ?? {})?.code, 'not-keep-alive');
});

/** An observed worker of which only what warnings look at is there. */
const dropping = (dropped: number) => ({ listeners: [{ listener: 0, row: { dropped } }] }) as ObservedWorker;
const observation = (changes: Partial<Observation> = {}): Observation => ({
  view: { primary: undefined, workers: [] },
  workers: [],
  stillOpen: 0,
  silent: [],
  ...changes,
});

function warned(changes: Partial<Measured>, rig: Partial<Rig> = {}) {
  const quiet = { before: observation(), after: observation() };
  const machine = { cpuSeconds: 2.5, wallSeconds: 2 };
  return warningsOf({ ...healthy, ...changes }, { ...quiet, machine, cores: 8, platform: 'linux', ...rig });
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
  // Two workers, their primary and the client.
  ['more processes than cores', {}, { cores: 3 }, { code: 'cpu-contention', processes: 4, cores: 3 }],
  [
    'other programs that took a quarter of the machine',
    {},
    { machine: { cpuSeconds: 6.5, wallSeconds: 2 } },
    { code: 'noisy-machine', share: 0.25 },
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
  ['unattributed connections', conservation(28), {}, { code: 'unattributed', unattributed: 2, opened: 30 }],
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

test('a worker that has ended does not contend for a core', (t) => {
  const codes = warned({ workers: [workerRow(0), dead] }, { cores: 3 }).map(({ code }) => code);

  t.deepEqual(codes, ['worker-exit']);
});

test('connections dropped before the window are not warned of', (t) => {
  const same = observation({ workers: [dropping(5)] });

  t.deepEqual(warned({}, { before: same, after: same }), []);
});
