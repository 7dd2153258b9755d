import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { attribute, queuesOf, type Window } from '../../harness/attribution.js';
import type { Spell } from '../../harness/drivers/recorder.js';
import type { ListenerRow, ProcessReading } from '../../harness/probe/reader.js';
import type { Observation, ObservedWorker } from '../../harness/quiet-point.js';
import { temporaryFolder } from '../helpers/temporary.js';

const startedAtMs = 1000;
const endedAtMs = 1300;

interface Fake {
  slot?: number;
  pid?: number;
  /** Of its lifetime, at the quiet point. */
  connections?: number;
  requests?: number;
  cpuMicroseconds?: number;
  activeMs?: number;
  idleMs?: number;
  /** Of its last flush, ms. */
  atMs?: number;
  exit?: ObservedWorker['exit'];
}

function readingOf({ pid = 100, cpuMicroseconds = 0, activeMs = 0, idleMs = 0 }: Fake): ProcessReading {
  const row = {
    sequence: 1,
    atMs: 0,
    cpuMicroseconds,
    activeMs,
    idleMs,
    maxRssBytes: 5e7,
    handed: 0,
    refusals: 0,
    sequenceEnd: 1,
  };
  return { pid, events: [], listeners: [], row };
}

/** Two bytes in and three out per connection. */
function observed(fake: Fake): ObservedWorker {
  const { slot = 0, pid = 100, connections = 0, requests = 0, atMs = 900, exit } = fake;
  const row: ListenerRow = {
    atMs,
    connections,
    requests,
    closed: connections,
    bytesRead: connections * 2,
    bytesWritten: connections * 3,
    dropped: 0,
  };
  const listeners = [{ listener: 0, row }];
  return { slot, pid, reading: readingOf(fake), listeners, ...(exit === undefined ? {} : { exit }) };
}

function observation(workers: Fake[], primary?: Fake): Observation {
  const view = { primary: primary === undefined ? undefined : readingOf(primary), agents: [], workers: [] };
  return { view, workers: workers.map(observed), proxy: [], stillOpen: 0, silent: [] };
}

const spellOf = (opened: number): Spell =>
  ({
    startedAtMs,
    deadlineMs: endedAtMs,
    endedAtMs,
    client: { opened },
    responseIntervalSeconds: 1,
    response: ['histogram'],
  }) as unknown as Spell;

type Given = Partial<Window> & Pick<Window, 'folder' | 'after'> & { opened: number };

/** What is attributed over TCP to one slot that had nothing before, unless said. */
function attributed({ opened, ...window }: Given) {
  const before = observation([{}]);
  const of = window.transport === 'udp' ? 'datagrams' : 'connections';
  return attribute({
    before,
    slots: 1,
    transport: 'tcp',
    of,
    front: 'primary',
    spell: spellOf(opened),
    ...window,
  });
}

/** Writes what the probes appended: per PID the times of its accepts, and of each flush its time, connections, requests, closed. */
async function written(
  t: ExecutionContext,
  accepts: Record<number, number[]>,
  flushes: Record<number, [number, number, number, number][]> = {},
): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [pid, atMs] of Object.entries(accepts)) {
    const write = (name: string, numbers: number[]) =>
      writeFile(path.join(folder, `${pid}-0.${name}`), Buffer.from(Float64Array.from(numbers).buffer));
    await write('accepts', atMs);
    await write(
      'listener',
      (flushes[Number(pid)] ?? []).flatMap((row) => [...row, 0, 0, 0]),
    );
  }
  return folder;
}

test('what a worker had before the window opened is not counted in it', async (t) => {
  const folder = await written(
    t,
    { 100: [1, 2, 1010, 1150], 101: [3, 1020] },
    {
      100: [
        [900, 2, 9, 2],
        [1025, 3, 9, 2],
        [1050, 3, 11, 2],
        [1310, 4, 11, 4],
      ],
      101: [
        [900, 1, 0, 1],
        [1150, 2, 0, 2],
        [1200, 2, 1, 2],
        [1310, 2, 1, 2],
        [1335, 2, 7, 2],
      ],
    },
  );
  const before = observation([
    { slot: 0, pid: 100, connections: 2, requests: 9, cpuMicroseconds: 1e6 },
    { slot: 1, pid: 101, connections: 1 },
  ]);
  const after = observation([
    {
      slot: 0,
      pid: 100,
      connections: 4,
      requests: 11,
      atMs: 1310,
      cpuMicroseconds: 1.5e6,
      activeMs: 30,
      idleMs: 90,
    },
    { slot: 1, pid: 101, connections: 2, requests: 1, atMs: 1310 },
  ]);

  const found = attributed({ folder, before, after, opened: 3, slots: 2 });

  t.deepEqual(found.workers[0], {
    slot: 0,
    pid: 100,
    connections: 2,
    requests: 2,
    bytesRead: 4,
    bytesWritten: 6,
    cpuSeconds: 0.5,
    eventLoopUtilization: 0.25,
    maxRssBytes: 5e7,
  });
  t.like(found.workers[1], { slot: 1, pid: 101, connections: 1, requests: 1 });
  t.deepEqual(found.conservation, {
    of: 'connections',
    holds: true,
    opened: 3,
    attributed: 3,
    unattributed: 0,
  });
  t.deepEqual(found.timeline.connections, [
    [1, 1, 0],
    [1, 0, 0],
  ]);
  t.deepEqual(found.timeline.requests, [
    [2, 0, 0],
    [0, 1, 0],
  ]);
  t.deepEqual(found.timeline.active, [
    [1, 1, 0],
    [0, 0, 0],
  ]);
  t.deepEqual(found.timeline.response, ['histogram']);
  t.is(found.sequence?.accepted, 3);
  t.deepEqual(found.sequence?.transitions, [
    [0, 1],
    [1, 0],
  ]);
  t.is(Buffer.from(found.acceptOrder?.slots ?? '', 'base64').toString('hex'), '000001000000');
});

test('accepts that a probe wrote after the quiet point are not counted', async (t) => {
  const folder = await written(t, { 100: [1010, 1020, 9000] });
  const after = observation([{ connections: 2 }]);

  const found = attributed({
    folder,
    after,
    opened: 2,
  });

  t.is(found.sequence?.accepted, 2);
  t.deepEqual(found.timeline.connections, [[2, 0, 0]]);
});

for (const [opened, unattributed] of [
  [5, 3],
  [1, -1],
] as const) {
  test(`${opened} opened and 2 counted leave ${unattributed} unattributed, and conservation does not hold`, async (t) => {
    const folder = await written(t, { 100: [1010, 1020] });
    const after = observation([{ connections: 2 }]);

    const found = attributed({
      folder,
      after,
      opened,
    });

    t.deepEqual(found.conservation, { of: 'connections', holds: false, opened, attributed: 2, unattributed });
  });
}

test('a worker that ended in the window has a row with its exit, and its successor one of its own', async (t) => {
  const folder = await written(t, { 100: [1010], 101: [1200, 1210], 102: [1050] });
  const exit = { code: null, signal: 'SIGKILL', atMs: 1100 };
  const before = observation([
    { slot: 0, pid: 100 },
    { slot: 1, pid: 102 },
  ]);
  const after = observation([
    { slot: 0, pid: 100, connections: 1, exit },
    { slot: 1, pid: 102, connections: 1 },
    { slot: 0, pid: 101, connections: 2 },
  ]);

  const { workers, conservation, timeline } = attributed({
    folder,
    before,
    after,
    opened: 4,
    slots: 2,
  });

  t.deepEqual(
    workers.map(({ slot, pid, connections }) => [slot, pid, connections]),
    [
      [0, 100, 1],
      [0, 101, 2],
      [1, 102, 1],
    ],
  );
  t.deepEqual(workers[0]?.exit, { code: null, signal: 'SIGKILL', atSeconds: 0.1 });
  t.is(workers[1]?.exit, undefined);
  t.true(conservation.holds);
  t.deepEqual(timeline.connections, [
    [1, 0, 2],
    [1, 0, 0],
  ]);
});

test('what a worker that ended had left open is open no more', async (t) => {
  const folder = await written(t, { 100: [1010, 1020] }, { 100: [[1025, 2, 0, 0]] });
  const exit = { code: 1, signal: null, atMs: 1150 };
  const after = observation([{ connections: 2, atMs: 1025, exit }]);

  const { timeline } = attributed({
    folder,
    after,
    opened: 2,
  });

  t.deepEqual(timeline.active, [[2, 0, 0]]);
});

test('a worker that was started in the window is counted from nothing', async (t) => {
  const folder = await written(
    t,
    { 100: [1110] },
    {
      100: [
        [1105, 0, 0, 0],
        [1120, 1, 4, 0],
      ],
    },
  );
  const after = observation([{ connections: 1, requests: 4, atMs: 1120 }]);

  const { timeline } = attributed({
    folder,
    before: observation([]),
    after,
    opened: 1,
  });

  t.deepEqual([timeline.requests, timeline.active], [[[0, 4, 0]], [[0, 1, 1]]]);
});

test('a worker that ended before the window opened has no row', async (t) => {
  const folder = await written(t, { 100: [1], 101: [1010] });
  const exit = { code: 1, signal: null, atMs: startedAtMs - 1 };
  const before = observation([{ pid: 100, connections: 1, exit }, { pid: 101 }]);
  const after = observation([
    { pid: 100, connections: 1, exit },
    { pid: 101, connections: 1 },
  ]);

  const { workers } = attributed({ folder, before, after, opened: 1 });

  t.deepEqual(
    workers.map(({ pid }) => pid),
    [101],
  );
});

test('a worker that ended between the quiet point and the first request has a row with its exit', async (t) => {
  const folder = await written(t, { 100: [], 101: [] });
  const exit = { code: 1, signal: null, atMs: startedAtMs - 1 };
  const before = observation([{ pid: 100 }, { slot: 1, pid: 101 }]);
  const after = observation([
    { pid: 100, exit },
    { slot: 1, pid: 101 },
  ]);

  const { workers } = attributed({ folder, before, after, opened: 0, slots: 2 });

  t.deepEqual(
    workers.map(({ pid, exit }) => [pid, exit?.code]),
    [
      [100, 1],
      [101, undefined],
    ],
  );
});

test('a worker in which nothing arrived keeps its row and its slot', async (t) => {
  const folder = await written(t, { 100: [1010], 101: [] });
  const both = (connections: number) =>
    observation([
      { slot: 0, pid: 100, connections },
      { slot: 1, pid: 101 },
    ]);

  const found = attributed({
    folder,
    before: both(0),
    after: both(1),
    opened: 1,
    slots: 2,
  });

  t.like(found.workers[1], { slot: 1, connections: 0 });
  t.deepEqual(found.timeline.connections[1], [0, 0, 0]);
});

test("the primary's CPU is that of the window", async (t) => {
  const folder = await written(t, { 100: [] });
  const primary = { pid: 99, cpuMicroseconds: 2e6, activeMs: 10, idleMs: 10 };
  const before = observation([{}], primary);
  const after = observation([{}], { pid: 99, cpuMicroseconds: 2.25e6, activeMs: 40, idleMs: 20 });

  const { front } = attributed({ folder, before, after, opened: 0 });

  t.deepEqual(front, [
    { role: 'primary', pid: 99, cpuSeconds: 0.25, eventLoopUtilization: 0.75, maxRssBytes: 5e7 },
  ]);
});

test('one process alone has no front', async (t) => {
  const folder = await written(t, { 100: [] });
  const one = observation([{}]);

  t.deepEqual(attributed({ folder, before: one, after: one, opened: 0 }).front, []);
});

/** A primary that has handed over so many, at the quiet point, with what it told of its queues until then. */
function primaryAt(atMs: number, handed: number, refusals: number, queues: [number, number, number][] = []) {
  const { row, ...reading } = readingOf({ pid: 99 });
  const events = queues.map(([told, dropped, longest]) => ({
    type: 'queue' as const,
    atMs: told,
    dropped,
    longest,
  }));
  return { ...reading, events, row: { ...row, atMs, handed, refusals } };
}

test('hand-offs, refusals and queues are those of the window', async (t) => {
  const folder = await written(t, { 100: [] });
  const handOvers = Float64Array.from([9, 9, 0.1, 0.2, 0.3, 7]);
  await writeFile(path.join(folder, '99.handovers'), Buffer.from(handOvers.buffer));
  const [before, after] = [observation([{}]), observation([{}])];
  before.view.primary = primaryAt(950, 2, 5, [[900, 4, 40]]);
  after.view.primary = primaryAt(1310, 5, 6, [
    [900, 4, 40],
    [1100, 0, 3],
    [1200, 2, 7],
  ]);

  const { handOff } = attributed({ folder, before, after, opened: 0 });
  t.like(handOff, { refusals: 1, longestQueue: 7 });
  t.like(handOff?.latency, { count: 3, min: 100, max: 300 });
  t.deepEqual(queuesOf(before, after), [
    { type: 'queue', atMs: 1100, dropped: 0, longest: 3 },
    { type: 'queue', atMs: 1200, dropped: 2, longest: 7 },
  ]);
});

test('a primary that tells nothing of its queues has no longest one, and one that hands nothing over no hand-off', async (t) => {
  const folder = await written(t, { 100: [] });
  await writeFile(path.join(folder, '99.handovers'), Buffer.from(Float64Array.of(0.5).buffer));
  const [before, after] = [observation([{}]), observation([{}])];
  before.view.primary = primaryAt(950, 0, 0);
  after.view.primary = primaryAt(1310, 1, 0);
  t.deepEqual(Object.keys(attributed({ folder, before, after, opened: 0 }).handOff ?? {}), [
    'latency',
    'refusals',
  ]);

  after.view.primary = primaryAt(1310, 0, 0);
  t.is(attributed({ folder, before, after, opened: 0 }).handOff, undefined);
});

test('of a proxy each process is a row, with what it used in the window', async (t) => {
  const folder = await written(t, { 100: [] });
  const [before, after] = [observation([{}]), observation([{}])];
  before.view.primary = primaryAt(950, 0, 0);
  after.view.primary = primaryAt(1310, 0, 0);
  before.proxy = [{ pid: 7, cpuSeconds: 1, maxRssBytes: 10 }];
  after.proxy = [
    { pid: 7, cpuSeconds: 1.25, maxRssBytes: 11 },
    { pid: 8, cpuSeconds: 0.5, maxRssBytes: 12 },
  ];

  t.deepEqual(attributed({ folder, before, after, opened: 0 }).front.slice(1), [
    { role: 'proxy', pid: 7, cpuSeconds: 0.25, maxRssBytes: 11 },
    { role: 'proxy', pid: 8, cpuSeconds: 0.5, maxRssBytes: 12 },
  ]);
});

test('requests that were cut off may be missing, answered ones may not', async (t) => {
  const folder = await written(t, { 100: [] });
  const client = (requestsSent: number, requestsCompleted: number) =>
    ({ ...spellOf(1), client: { opened: 1, requestsSent, requestsCompleted } }) as unknown as Spell;
  const holds = (connections: number) =>
    attributed({
      folder,
      after: observation([{ connections }]),
      opened: 1,
      of: 'requests',
      spell: client(10, 8),
    }).conservation;

  t.deepEqual(
    [7, 8, 10, 11].map((connections) => holds(connections).holds),
    [false, true, true, false],
  );
  t.like(holds(9), { of: 'requests', opened: 10, attributed: 9, unattributed: 1 });
});
