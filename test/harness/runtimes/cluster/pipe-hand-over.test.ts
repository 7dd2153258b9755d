import { subscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import layout from '../../../../harness/probe/layout.cjs';
import { PipeHandOver } from '../../../../harness/runtimes/cluster/pipe-hand-over.js';
import type { Given } from '../../../../harness/runtimes/cluster/worker-port.js';

/** A pipe whose other end is the test, and what becomes of five connections that are given to it. */
function setUp() {
  let status = 0;
  let length = 0;
  const sent: { key: string; handle: unknown; completed: (status: number) => void }[] = [];
  const pipe = {
    onread: (_buffer: ArrayBuffer | undefined) => {},
    isClosed: false,
    pendingHandle: null,
    open() {},
    readStart: () => 0,
    unref() {},
    writeUtf8String(request: object, key: string, handle?: object) {
      if (status === 0) sent.push({ key, handle, ...(request as { completed: () => void }) });
      return status;
    },
    close() {
      pipe.isClosed = true;
    },
  };
  const binding = {
    pipe: () => pipe,
    request: (completed: object) => ({ completed }),
    lastRead: () => length,
  };
  const lost: Given[] = [];
  const ends: number[] = [];
  const handOver = new PipeHandOver({ binding, pipe, fd: 4 }, 1, {
    lost: (given) => lost.push(given),
    ended: () => ends.push(lost.length),
  });
  const closed: string[] = [];
  const give = (key: string): Given => ({
    message: { act: 'connection', cmd: '', key },
    handle: { close: () => void closed.push(key) },
  });
  const given = [give('a'), give('b'), give('c'), give('d'), give('e')] as const;
  return {
    ...{ handOver, pipe, closed, given, ends },
    sent: () => sent.map(({ key }) => key),
    lost: () => lost.map(({ message }) => message.key),
    complete: (index: number, error: number) => sent[index]?.completed(error),
    write(becomes: number) {
      status = becomes;
    },
    answer(text: string) {
      length = text.length;
      pipe.onread(new TextEncoder().encode(text).buffer as ArrayBuffer);
    },
    end() {
      length = -4095;
      pipe.onread(undefined);
    },
  };
}

test('two are on their way, and the next goes when one has arrived', (t) => {
  const { handOver, given, sent, closed, answer } = setUp();
  for (const each of given) handOver.give(each);
  t.deepEqual([sent(), handOver.length], [['a', 'b'], 5]);

  answer('1');
  t.deepEqual([sent(), closed, handOver.length], [['a', 'b', 'c'], ['a'], 4]);
  answer('11');
  t.deepEqual([sent(), closed, handOver.length], [['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c'], 2]);
  answer('11');
  t.deepEqual([closed.length, handOver.length], [5, 0]);
});

test('what did not arrive is lost, with its handle open, and the rest goes on', (t) => {
  const { handOver, given, lost, closed, answer } = setUp();
  for (const each of given) handOver.give(each);
  answer('01');
  t.deepEqual([lost(), closed, handOver.length], [['a'], ['b'], 3]);
});

test('what cannot be written is lost, and answers are those of the others', async (t) => {
  const { handOver, given, sent, lost, closed, write, complete, answer } = setUp();
  const [a, b, c, d] = given;
  handOver.give(a);
  write(-109);
  handOver.give(b);
  t.deepEqual(lost(), []);
  write(0);
  await setImmediate();
  t.deepEqual(lost(), ['b']);

  handOver.give(c);
  handOver.give(d);
  complete(0, -109);
  complete(1, 0);
  t.deepEqual(
    [sent(), lost()],
    [
      ['a', 'c', 'd'],
      ['b', 'a'],
    ],
  );
  answer('11');
  t.deepEqual([closed, handOver.length], [['c', 'd'], 0]);
});

test('at the end what was on its way is lost, and what waits is taken back', (t) => {
  const { handOver, pipe, given, lost, closed, sent, end, ends } = setUp();
  const [a, b, c, d, e] = given;
  for (const each of [a, b, c, d]) handOver.give(each);
  t.deepEqual(handOver.takeBack(), [c, d]);
  t.deepEqual(lost(), []);

  end();
  t.deepEqual([lost(), closed, pipe.isClosed], [['a', 'b'], [], true]);
  // The worker is left before what was on its way is given again.
  t.deepEqual(ends, [0]);
  handOver.give(e);
  t.deepEqual([sent(), handOver.takeBack()], [['a', 'b'], [e]]);
});

test('who looks on is told when each goes, and when it has arrived', (t) => {
  const heard: object[] = [];
  subscribe(layout.handOverChannel, (message) => heard.push(message as object));
  const { handOver, given, answer } = setUp();
  for (const each of given.slice(0, 2)) handOver.give(each);
  answer('10');

  t.like(heard, [
    ...Array(2).fill({ worker: 1, what: 'connection' }),
    { worker: 1, what: 'arrived', well: true },
    { worker: 1, what: 'arrived', well: false },
  ]);
});
