import test from 'ava';
import { checksOf } from '../../../harness/doctor/checks.js';
import type { MachineFacts } from '../../../harness/doctor/examination.js';

const good: MachineFacts = {
  openFilesLimit: 65_536,
  portRange: [32_768, 60_999],
  somaxconn: 4096,
  availableParallelism: 8,
  virtualized: false,
  governors: ['performance'],
  timeWait: 100,
  timeWaitReuse: 2,
  busyShare: 0.01,
};

const spoiled = (changes: Partial<MachineFacts>) =>
  checksOf({ ...good, ...changes }).flatMap(({ name, verdict }) =>
    verdict === 'good' ? [] : [[name, verdict]],
  );

test('a good machine has nothing that spoils a measurement', (t) => {
  t.deepEqual(spoiled({}), []);
});

const cases: [changes: Partial<MachineFacts>, name: string, verdict: string][] = [
  [{ openFilesLimit: 1024 }, 'openFiles', 'bad'],
  [{ timeWaitReuse: 0 }, 'ports', 'bad'],
  [{ timeWait: 20_000 }, 'ports', 'bad'],
  [{ portRange: null }, 'ports', 'unknown'],
  [{ somaxconn: 128 }, 'backlog', 'bad'],
  [{ somaxconn: null }, 'backlog', 'unknown'],
  [{ governors: ['performance', 'powersave'] }, 'governor', 'bad'],
  [{ governors: [] }, 'governor', 'unknown'],
  [{ availableParallelism: 2 }, 'cores', 'bad'],
  [{ cgroupCpuLimit: 1.5 }, 'quota', 'bad'],
  [{ busyShare: 0.4 }, 'otherLoad', 'bad'],
  [{ virtualized: true }, 'virtualized', 'bad'],
];

for (const [changes, name, verdict] of cases) {
  test(`${JSON.stringify(changes)}: ${name} is ${verdict}`, (t) => {
    t.deepEqual(spoiled(changes), [[name, verdict]]);
  });
}

test('no limit of open files is no fault', (t) => {
  t.deepEqual(spoiled({ openFilesLimit: null }), []);
});
