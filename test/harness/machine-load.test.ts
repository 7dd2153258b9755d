import test from 'ava';
import { foreignShare, machineCpuSeconds } from '../../harness/machine-load.js';

test('what is not ours is a share of all cores over all the time', (t) => {
  t.is(foreignShare({ cpuSeconds: 5, wallSeconds: 2, ownCpuSeconds: 3 }, 4), 0.25);
});

test('ours is never more than all, whatever the ticks of the kernel say', (t) => {
  t.is(foreignShare({ cpuSeconds: 1, wallSeconds: 2, ownCpuSeconds: 1.5 }, 4), 0);
});

test('a window without length has no share', (t) => {
  t.is(foreignShare({ cpuSeconds: 1, wallSeconds: 0, ownCpuSeconds: 0 }, 4), 0);
});

test('the CPU time of the machine only grows', (t) => {
  const before = machineCpuSeconds();

  t.true(before > 0);
  t.true(machineCpuSeconds() >= before);
});
