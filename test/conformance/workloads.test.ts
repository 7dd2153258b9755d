import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import test from 'ava';
import { driverNamed, drivers } from '../../harness/drivers/index.js';
import layout from '../../harness/probe/layout.cjs';
import { connectionWorkloads } from '../../reports/analysis/summary.js';
import { workloadNamed, workloads } from '../../workloads/index.js';
import { announceRequest } from '../../workloads/request-channel.js';

const options = { paths: ['/there'], method: 'GET', headers: [], body: null, payloadSizeBytes: 128, seed: 7 };

test('workloads have names of their own, by which they are found', (t) => {
  t.is(new Set(workloads.map(({ name }) => name)).size, workloads.length);
  for (const workload of workloads) t.is(workloadNamed(workload.name), workload);
});

test('each is exported by the file of its name, which is all that its server loads', async (t) => {
  for (const workload of workloads) {
    const exported = await import(`../../workloads/${workload.name}.js`);
    t.true(Object.values(exported).includes(workload), workload.name);
  }
});

test('a name that no workload has is a bug', (t) => {
  t.throws(() => workloadNamed('nothing'), { instanceOf: TypeError });
});

for (const workload of workloads) {
  test(`${workload.name} is driven by a driver that can be trusted with it`, async (t) => {
    const { exchanges } = await driverNamed(workload.driver);

    t.true(exchanges.includes(workload.exchange(options).kind));
  });

  test(`${workload.name} says what it is, and its options travel as they are`, (t) => {
    t.regex(workload.name, /^[a-z-]+$/);
    t.not(workload.summary, '');
    const exchange = workload.exchange(options);
    t.deepEqual(JSON.parse(JSON.stringify(exchange)), exchange);
    t.true(workload.serveArguments(options).every((argument) => typeof argument === 'string'));
  });
}

test('throughput counts connections where each carries one exchange', (t) => {
  const those = workloads.filter(({ exchange }) => exchange(options).kind === 'pid');

  t.deepEqual(
    [...connectionWorkloads],
    those.map(({ name }) => name),
  );
});

test('options reach both sides', (t) => {
  t.deepEqual(workloadNamed('echo').exchange(options), { kind: 'echo', sizeBytes: 128 });
  t.deepEqual(workloadNamed('echo').serveArguments(options), ['128']);
  t.deepEqual(workloadNamed('http').exchange(options), {
    kind: 'http',
    method: 'GET',
    paths: ['/there'],
    headers: [],
    body: null,
  });
});

test('drivers are found by the names that they have', async (t) => {
  for (const { name } of drivers) t.is((await driverNamed(name)).name, name);
  await t.throwsAsync(driverNamed('nothing'), { instanceOf: TypeError });
});

test('every exchange has a driver, and no driver is without one', async (t) => {
  const loaded = await Promise.all(drivers.map(({ load }) => load()));

  t.true(loaded.every(({ exchanges }) => exchanges.length > 0));
  for (const kind of ['pid', 'conversation', 'echo', 'http', 'datagram'] as const)
    t.true(loaded.some(({ exchanges }) => (exchanges as readonly string[]).includes(kind)));
});

test('workloads announce requests where the probe listens for them', (t) => {
  const heard: unknown[] = [];
  const hear = (message: unknown) => void heard.push(message);
  subscribe(layout.requestChannel, hear);
  t.teardown(() => unsubscribe(layout.requestChannel, hear));
  const socket = new Socket();

  announceRequest(socket);

  t.deepEqual(heard, [{ socket }]);
});
