import test from 'ava';
import fc from 'fast-check';
import { duration } from '../../cli/duration.js';
import { BenchError } from '../../harness/errors.js';

const read = duration();
const milliseconds = fc.integer({ min: 1, max: 24 * 3600 * 1000 });

test('a duration is the same in milliseconds, in seconds and as a bare number', (t) => {
  fc.assert(
    fc.property(milliseconds, (count) => {
      const seconds = (count / 1000).toFixed(3);
      t.is(read(`${count}ms`, '-d'), count / 1000);
      t.is(read(`${seconds}s`, '-d'), count / 1000);
      t.is(read(seconds, '-d'), count / 1000);
    }),
  );
});

test('minutes are sixty seconds', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1440 }), (count) => {
      t.true(Math.abs(read(`${count}m`, '-d') - count * 60) < 1e-9);
    }),
  );
  t.is(read('1.5m', '-d'), 90);
  t.is(read('.5s', '-d'), 0.5);
});

for (const text of [
  '0',
  '0.0001ms',
  '-1s',
  '5x',
  '25h',
  '1h30',
  '30s1x',
  's',
  '1 s',
  '1e3',
  '1,5s',
  '1441m',
  'Infinity',
  '',
])
  test(`"${text}" is no duration`, (t) => {
    t.throws(() => read(text, '-d'), { instanceOf: BenchError });
  });

test('hours, minutes and seconds add up', (t) => {
  t.is(read('1h', '-d'), 3600);
  t.is(read('1m30s', '-d'), 90);
  t.is(read('1h1m1s500ms', '-d'), 3661.5);
});

test('a warm-up may be none', (t) => {
  t.is(duration({ orNone: true })('0', '--warmup'), 0);
  t.is(duration({ orNone: true })('0ms', '--warmup'), 0);
});
