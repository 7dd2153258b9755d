import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import { createProgress, isLive, timeText } from '../../cli/progress.js';

/** A terminal, or a pipe, that keeps what is written to it, and a clock that the test moves. */
function fakes({ live = true, columns = 80, enabled = true } = {}) {
  const writes: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      writes.push(String(chunk));
      done();
    },
  });
  let milliseconds = 1000;
  const timers: { task: () => void; every: number; stopped: boolean }[] = [];
  const progress = createProgress({
    stream: Object.assign(stream, { isTTY: live, columns }),
    enabled,
    live,
    now: () => milliseconds,
    every(interval, task) {
      const timer = { task, every: interval, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
  });
  const wait = (seconds: number) => {
    milliseconds += seconds * 1000;
  };
  return { progress, writes, wait, timers, line: () => stripVTControlCharacters(writes.at(-1) ?? '').trim() };
}

const first = { label: 'rr × 4', index: 1, total: 4 };
const second = { label: 'shared × 4', index: 2, total: 4 };
const done = { throughput: 8123.4, unit: 'connections/s' };

test('the line says which trial runs, how fast the last one was and how long it will take', (t) => {
  const { progress, wait, line } = fakes();
  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  t.is(line(), 'rr × 4 · trial 1 of 4 · 12 s left');

  wait(5);
  progress.trialFinished(done);
  t.is(line(), 'rr × 4 · trial 1 of 4 · 15 s left · rr × 4: 8,123 connections/s');
  progress.trialStarted(second);
  t.is(line(), 'shared × 4 · trial 2 of 4 · 15 s left · rr × 4: 8,123 connections/s');
});

test('time left follows the plan until a trial was measured, and never falls below zero', (t) => {
  const { progress, wait, timers, line } = fakes();
  progress.planned({ trials: 2, secondsEach: 3 });
  progress.trialStarted({ ...first, total: 2 });
  wait(1);
  timers[0]?.task();
  t.regex(line(), / 5 s left$/);
  wait(60);
  timers[0]?.task();
  t.regex(line(), / 0 s left$/);
});

test('the line is drawn anew each second, by one timer, until it stops', (t) => {
  const { progress, timers } = fakes();
  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  progress.trialFinished(done);
  progress.trialStarted(second);
  t.deepEqual(
    timers.map(({ every, stopped }) => ({ every, stopped })),
    [{ every: 1000, stopped: false }],
  );

  progress.stop();
  t.deepEqual(
    timers.map(({ stopped }) => stopped),
    [true],
  );
});

test('a trial that is not valid shows that it is not, and no throughput', (t) => {
  const { progress, line } = fakes();
  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  progress.trialFinished({ throughput: null, unit: 'connections/s' });

  t.regex(line(), / · rr × 4: not valid$/);
});

test('a note stays above the line, which is drawn again below it', (t) => {
  const { progress, writes, line } = fakes();
  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  const before = writes.length;
  progress.note('Node 24.1.0 is being installed');

  t.deepEqual(
    writes.slice(before).map((text) => stripVTControlCharacters(text)),
    ['', 'Node 24.1.0 is being installed\n', `${line()}\n`],
  );
  t.regex(line(), /trial 1 of 4/);
});

test('stop wipes the line and nothing is drawn after it', (t) => {
  const { progress, writes, timers } = fakes();
  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  progress.stop();
  const eraseLine = '\u001B[2K';
  t.true(writes.at(-1)?.includes(eraseLine));
  t.is(stripVTControlCharacters(writes.at(-1) ?? '').trim(), '');

  const count = writes.length;
  timers[0]?.task();
  progress.stop();
  t.is(writes.length, count);
  progress.note('said afterwards');
  t.is(writes.at(-1), 'said afterwards\n');
});

test('before the first trial the line says what goes on', (t) => {
  const { progress, writes, line } = fakes();
  progress.doing('looking at ./server.js');
  t.is(line(), 'looking at ./server.js');

  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  t.regex(line(), /^rr × 4 · trial 1 of 4/);
  progress.stop();
  const count = writes.length;
  progress.note('said afterwards');
  t.is(writes.length, count + 1);
});

test('once a signal has come the line says that and nothing else', (t) => {
  const { progress, line, timers } = fakes();
  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  progress.stopping();
  progress.trialFinished(done);
  progress.trialStarted(second);
  timers[0]?.task();
  t.is(line(), 'stopping in good order; Ctrl-C again stops at once');
});

test('a pipe gets the notes, and how far it is every half a minute', (t) => {
  const { progress, writes, timers, wait } = fakes({ live: false });
  progress.doing('looking at ./server.js');
  progress.planned({ trials: 40, secondsEach: 3 });
  progress.trialStarted({ ...first, total: 40 });
  progress.note('a note');
  wait(30);
  progress.trialFinished(done);
  t.deepEqual(writes, ['a note\n']);

  t.deepEqual(
    timers.map(({ every }) => every),
    [30_000],
  );
  timers[0]?.task();
  t.is(writes[1], 'rr × 4 · trial 1 of 40 · 19 min 30 s left · rr × 4: 8,123 connections/s\n');
  progress.stop();
  t.true(timers[0]?.stopped);
  timers[0]?.task();
  t.is(writes.length, 2);
});

test('a line is drawn anew only where that leaves no trace', (t) => {
  t.true(isLive({ isTTY: true }, { TERM: 'xterm-256color' }));
  t.true(isLive({ isTTY: true }, { CI: 'false' }));
  t.false(isLive({}, {}));
  t.false(isLive({ isTTY: true }, { TERM: 'dumb' }));
  t.false(isLive({ isTTY: true }, { CI: 'true' }));
});

test('nothing at all is written when it is not enabled', (t) => {
  const { progress, writes, timers } = fakes({ enabled: false });
  progress.planned({ trials: 4, secondsEach: 3 });
  progress.trialStarted(first);
  progress.note('a note');
  progress.trialFinished(done);
  progress.stop();

  t.deepEqual(writes, []);
  t.deepEqual(timers, []);
});

test('the line fits any terminal, and position and time are the last to go', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 120 }),
      fc.string({ maxLength: 60, unit: 'grapheme-ascii' }),
      (columns, label) => {
        const { progress, wait, line } = fakes({ columns });
        progress.planned({ trials: 4, secondsEach: 3 });
        progress.trialStarted({ ...first, label });
        wait(3);
        progress.trialFinished(done);
        t.true(line().length < columns, line());
        if (columns > 30) t.regex(line(), /trial 1 of 4 · 9 s left/);
      },
    ),
  );
});

test('the timer of the live line does not keep the process alive', (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const stream = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { isTTY: true });
  const progress = createProgress({ stream, enabled: true, live: true, now: () => 0 });
  const before = timers();
  progress.trialStarted(first);
  t.is(timers(), before);
  progress.stop();
});

test('times are told in the units that matter', (t) => {
  t.is(timeText(0), '0 s');
  t.is(timeText(7.2), '8 s');
  t.is(timeText(59.5), '1 min 00 s');
  t.is(timeText(65), '1 min 05 s');
  t.is(timeText(3600 + 7 * 60), '1 h 07 min');
});
