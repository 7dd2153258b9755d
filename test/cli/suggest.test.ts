import test from 'ava';
import fc from 'fast-check';
import { closest, didYouMean } from '../../cli/suggest.js';

const names = ['policy', 'workers', 'workload', 'connections', 'port'];

test('a slip or two is mended', (t) => {
  t.is(closest('polcy', names), 'policy');
  t.is(closest('wrokers', names), 'workers');
  t.is(closest('PORT', names), 'port');
});

test('a beginning that only one name has is completed', (t) => {
  t.is(closest('conn', names), 'connections');
  t.is(closest('work', names), undefined);
});

test('nothing is suggested for what is like nothing', (t) => {
  t.is(closest('banana', names), undefined);
  t.is(closest('', names), undefined);
  t.is(closest('x', []), undefined);
  t.is(didYouMean('banana', names, '; see --help'), '; see --help');
});

test('a name is closest to itself', (t) => {
  fc.assert(fc.property(fc.constantFrom(...names), (name) => t.is(closest(name, names), name)));
});
