import test from 'ava';
import type { ProbeEvent, ProcessReading } from '../../../harness/probe/reader.js';
import { listening, viewServer, withoutProbe } from '../../../harness/probe/server-view.js';

const row = {
  sequence: 1,
  atMs: 0,
  cpuMicroseconds: 0,
  handed: 0,
  refusals: 0,
  activeMs: 0,
  idleMs: 0,
  maxRssBytes: 0,
  sequenceEnd: 1,
};
const reading = (pid: number, ...events: ProbeEvent[]): ProcessReading => ({
  pid,
  events,
  row,
  listeners: [],
});

const fork = (worker: number): ProbeEvent => ({ type: 'fork', atMs: 0, workerId: worker, worker });
const heard = (worker: number): ProbeEvent => ({
  type: 'worker-listening',
  atMs: 0,
  workerId: worker,
  worker,
});
const gone = (worker: number): ProbeEvent => ({
  type: 'worker-disconnect',
  atMs: 0,
  workerId: worker,
  worker,
});
const exited = (worker: number, atMs: number, signal: string | null = null): ProbeEvent => {
  const code = signal === null ? 1 : null;
  return { type: 'worker-exit', atMs, workerId: worker, worker, code, signal };
};
const listen = (listener: number, port: number): ProbeEvent => ({
  type: 'listen',
  atMs: 0,
  listener,
  protocol: 'tcp',
  address: '127.0.0.1',
  port,
});
const close = (listener: number): ProbeEvent => ({ type: 'close', atMs: 0, listener });

const slots = (readings: ProcessReading[], root = 1) =>
  viewServer(readings, root).workers.map(({ slot, pid }) => [slot, pid]);

test('a process that forks nothing is the one worker, in slot 0', (t) => {
  const only = reading(1);

  t.deepEqual(viewServer([only], 1), {
    primary: undefined,
    agents: [],
    workers: [{ slot: 0, pid: 1, reading: only }],
  });
});

test('before anything is reported there is one worker without a reading', (t) => {
  t.deepEqual(viewServer([], 1).workers, [{ slot: 0, pid: 1, reading: undefined }]);
});

test('workers get slots in the order in which they were forked', (t) => {
  const view = viewServer([reading(12), reading(1, fork(12), fork(11))], 1);

  t.is(view.primary?.pid, 1);
  t.deepEqual(
    view.workers.map(({ slot, pid, reading: own }) => [slot, pid, own?.pid]),
    [
      [0, 12, 12],
      [1, 11, undefined],
    ],
  );
});

test('a worker that is forked anew is a new PID in the same slot', (t) => {
  t.deepEqual(slots([reading(1, fork(10), fork(11), exited(10, 5), fork(12))]), [
    [0, 10],
    [1, 11],
    [0, 12],
  ]);
});

test('a worker that is forked while the one it replaces is still ending is in the same slot', (t) => {
  const events = [fork(10), fork(11), gone(10), fork(12), exited(10, 5), fork(13)];

  t.deepEqual(slots([reading(1, ...events)]).slice(2), [
    [0, 12],
    [2, 13],
  ]);
});

test('what a primary has started beside its workers is an agent', (t) => {
  const start = (pid: number, parent: number) => reading(pid, { type: 'start', atMs: 0, pid, parent });
  const view = viewServer([reading(1, fork(10)), start(10, 1), start(20, 1), start(21, 20)], 1);

  t.deepEqual(
    view.agents.map(({ pid }) => pid),
    [20],
  );
});

test('of several free slots the one that was free first is taken first', (t) => {
  const events = [fork(10), fork(11), fork(12), exited(12, 1), exited(10, 2), fork(13), fork(14), fork(15)];

  t.deepEqual(slots([reading(1, ...events)]).slice(3), [
    [2, 13],
    [0, 14],
    [3, 15],
  ]);
});

test('a slot can be taken over and over', (t) => {
  const events = [fork(10), exited(10, 1), fork(11), exited(11, 2), fork(12)];

  t.deepEqual(slots([reading(1, ...events)]), [
    [0, 10],
    [0, 11],
    [0, 12],
  ]);
});

test('an exit says how and when, of that worker only', (t) => {
  const { workers } = viewServer([reading(1, fork(10), fork(11), exited(11, 7, 'SIGKILL'))], 1);

  t.is(workers[0]?.exit, undefined);
  t.deepEqual(workers[1]?.exit, { code: null, signal: 'SIGKILL', atMs: 7 });
});

test('an exit of a worker that was never forked is passed over', (t) => {
  t.deepEqual(slots([reading(1, fork(10), exited(99, 1), fork(11))]), [
    [0, 10],
    [1, 11],
  ]);
});

test('a primary below the launched process is found by its forks', (t) => {
  const view = viewServer([reading(1), reading(2, fork(3)), reading(3)], 1);

  t.is(view.primary?.pid, 2);
  t.deepEqual(
    view.workers.map(({ pid }) => pid),
    [3],
  );
});

test('a worker that the primary heard listen and that has no reading runs without a probe', (t) => {
  const primary = reading(1, fork(10), fork(11), fork(12), heard(10), heard(11));

  t.deepEqual(withoutProbe(viewServer([primary, reading(10)], 1)), [11]);
});

test('one process alone is never without a probe by hearsay', (t) => {
  t.deepEqual(withoutProbe(viewServer([], 1)), []);
});

test('what listens is what began to and has not closed', (t) => {
  const ports = (...events: ProbeEvent[]) => listening(reading(1, ...events)).map(({ port }) => port);

  t.deepEqual(ports(), []);
  t.deepEqual(ports(listen(0, 80), listen(1, 81)), [80, 81]);
  t.deepEqual(ports(listen(0, 80), listen(1, 81), close(0)), [81]);
  t.deepEqual(ports(listen(0, 80), close(0), listen(0, 82)), [82]);
  t.deepEqual(listening(undefined), []);
});
