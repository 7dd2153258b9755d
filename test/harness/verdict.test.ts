import test from 'ava';
import type { Spell } from '../../harness/drivers/recorder.js';
import type { ProcessUsage } from '../../harness/process-usage.js';
import type { ObservedWorker } from '../../harness/quiet-point.js';
import { invalidity, type Measured, type WindowEnds } from '../../harness/verdict.js';
import { client, conservation, dead, healthy, observation, workersIn } from '../helpers/judged-trial.js';
import { histogramOf, workerRow } from '../reports/build-run.js';

const answers: Spell['answeredBy'] = { 41233: 10, 41234: 20 };

function reasonOf(changes: Partial<Measured>, answeredBy: Spell['answeredBy'] = {}) {
  return judged(changes, { spell: { answeredBy } as Spell });
}

/** In a window that opened with a worker in every slot, and was quiet at both ends, but for `window`. */
function judged(changes: Partial<Measured>, window: Partial<WindowEnds>) {
  const quiet = observation({ workers: workersIn(2) });
  const whole = { before: quiet, after: quiet, spell: { answeredBy: {} } as Spell };
  return invalidity({ ...healthy, ...changes }, { ...whole, ...window });
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
    'interim answers under autocannon',
    { ...client({ status: { 103: 5, 200: 5 } }), cell: { ...healthy.cell, driver: 'autocannon' } },
    'interim-answers',
    /takes for final ones; use --driver raw/,
  ],
  [
    'answers that nobody asked for',
    client({ errors: { UNASKED_ANSWER: 2 } }),
    'unasked-answers',
    /^2 answers came that nobody had asked for/,
  ],
  [
    'a certificate that does not verify',
    client({ requestsSent: 0, errors: { DEPTH_ZERO_SELF_SIGNED_CERT: 9 } }),
    'certificate',
    /^the app's certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Name what it is signed with/,
  ],
  [
    'a rate out of reach',
    client({ scheduled: 1000, achieved: 0.875 }),
    'rate-missed',
    /^the rate of .*\/s was out of reach: at best 87\.5 % /,
  ],
  [
    'requests that could not be sent',
    client({ scheduled: 1000, achieved: 1, unsent: 3 }),
    'requests-unsent',
    /^3 of the 1000 requests that were due could not be sent$/,
  ],
  [
    'a client that was late',
    client({ scheduled: 2, achieved: 1, sendLag: histogramOf([100, 12_000]) }),
    'send-lag',
    /^the client was late: 1 % of its requests were handled 12\.0 ms or more/,
  ],
  [
    'a client that fell behind',
    client({
      scheduled: 2,
      achieved: 1,
      sendLag: histogramOf([100, 2000]),
      sendLagQuartersMs: [0.1, 0.5, 1, 2],
    }),
    'send-lag',
    /^the client fell behind: .* 0\.10 ms late in the first quarter and 2\.00 ms in the last$/,
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

test('one arrival of a few that waits is no rate that was missed; two are', (t) => {
  t.is(reasonOf(client({ scheduled: 3, achieved: 0.5 }), answers), undefined);
  t.is(reasonOf(client({ scheduled: 3, achieved: 0 }), answers)?.code, 'rate-missed');
  t.is(reasonOf(client({ scheduled: 1, achieved: 0 }), answers), undefined);
});

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

const killed = { code: null, signal: 'SIGKILL', atMs: 0 };
const [inSlot0, inSlot1] = workersIn(2) as [ObservedWorker, ObservedWorker];

test('a proxy of which a process was replaced is not valid', (t) => {
  const [master, worker] = [7, 8].map((pid) => ({ pid, cpuSeconds: 1, maxRssBytes: 1 }));
  const proxy = [master, worker] as ProcessUsage[];
  const before = observation({ workers: [inSlot0, inSlot1], proxy });
  const after = observation({ workers: [inSlot0, inSlot1], proxy: [proxy[0] as ProcessUsage] });

  t.deepEqual(judged({}, { before, after }), {
    code: 'proxy-exit',
    message: 'a process of the proxy (PID 8) ended while it was measured',
  });
  t.is(judged({}, { before, after: before }), undefined);
});

test('a slot whose worker ended in the warm-up is not valid: worker-missing, with how it ended', (t) => {
  const before = observation({ workers: [inSlot0, { ...inSlot1, exit: killed }] });

  t.deepEqual(judged({}, { before }), {
    code: 'worker-missing',
    message: 'slot 1 had no worker when the window opened: its worker ended with SIGKILL in the warm-up',
  });
});

test('a slot that never had a worker is not valid, and one that has another by now is', (t) => {
  const successor = { ...inSlot0, pid: 41299 };

  t.deepEqual(judged({}, { before: observation({ workers: [inSlot1] }) }), {
    code: 'worker-missing',
    message: 'slot 0 had no worker when the window opened',
  });
  const replaced = observation({ workers: [{ ...inSlot0, exit: killed }, inSlot1, successor] });
  t.is(judged({}, { before: replaced }), undefined);
});

test('a worker beyond those that were measured is not valid: workers-changed', (t) => {
  t.deepEqual(reasonOf({ workers: [...healthy.workers, workerRow(2)] }), {
    code: 'workers-changed',
    message: 'the app forked further workers beside its 2 while it was measured',
  });
});

test('connections that are open when the window opens are not valid: not-quiet', (t) => {
  const workers = workersIn(2);

  t.deepEqual(judged({}, { before: observation({ workers, stillOpen: 3 }) }), {
    code: 'not-quiet',
    message: '3 connections of the warm-up were still open when the window opened',
  });
  t.is(judged({}, { after: observation({ workers, stillOpen: 3 }) }), undefined);
});

for (const end of ['before', 'after'] as const) {
  test(`a worker that is blocked ${end} the window is not valid: not-quiet`, (t) => {
    const silent = [{ slot: 1, pid: 41234, seconds: 10.04 }];

    t.deepEqual(judged({}, { [end]: observation({ workers: workersIn(2), silent }) }), {
      code: 'not-quiet',
      message: 'the worker in slot 1 (PID 41234) was blocked: its probe did not report for 10.0 s',
    });
  });
}

test('the probes see every request that was answered and none that was not sent, or it is not valid', (t) => {
  const sent = client({ requestsSent: 30, requestsCompleted: 28, requestsFailed: 2 });
  const seen = (...requests: number[]) =>
    reasonOf({ ...sent, workers: requests.map((count, slot) => workerRow(slot, { requests: count })) });

  for (const requests of [27, 31]) {
    t.deepEqual(seen(10, requests - 10), {
      code: 'requests',
      message: `the client sent 30 requests, had 28 answered, and the workers counted ${requests}`,
    });
  }
  t.is(seen(10, 18), undefined);
  t.is(seen(10, 20), undefined);
  t.is(seen(0, 0), undefined, 'probes see no requests on bare TCP');
});

test('more requests failed than answered are not valid: mostly-failed', (t) => {
  const half = { requestsSent: 30, requestsCompleted: 15, requestsFailed: 15 };

  t.is(reasonOf(client(half)), undefined);
  t.deepEqual(
    reasonOf(client({ ...half, requestsCompleted: 14, requestsFailed: 16, errors: { HTTP_503: 16 } })),
    { code: 'mostly-failed', message: '16 requests failed and 14 were answered well (HTTP_503 × 16)' },
  );
});
