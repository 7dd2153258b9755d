/** What waits in the primary, seen with workers that are not there. */
import test, { type ExecutionContext } from 'ava';
import { RoundRobinHandle } from '../../../../harness/runtimes/cluster/round-robin-handle.js';
import { strict } from '../../../../harness/runtimes/cluster/schedulers/strict.js';
import { longestQueue } from '../../../../harness/runtimes/cluster/settings.js';
import type { NativeConnection, WorkerPort } from '../../../../harness/runtimes/cluster/worker-port.js';
import { until } from '../../../helpers/until.js';

const at = {
  ...{ address: '127.0.0.1', port: 0, addressType: 4, index: 0 },
  ...{ fd: undefined, flags: undefined, backlog: undefined },
};

async function setUp(t: ExecutionContext) {
  const queue = { dropped: 0, longest: 0 };
  const handle = new RoundRobinHandle('key', at, strict.create(), queue);
  const given: string[] = [];
  const workerOf = (slot: number) =>
    ({ slot, queued: 0, give: () => void given.push(`slot ${slot}`) }) as unknown as WorkerPort;
  const workers = [workerOf(0), workerOf(1)] as const;
  await Promise.all(
    workers.map((worker) => new Promise<void>((resolve) => handle.add(worker, () => resolve()))),
  );
  t.teardown(() => {
    for (const worker of workers) handle.remove(worker);
  });
  const connection = (): NativeConnection => ({ close: () => void given.push('closed') });
  return { handle, workers, given, connection };
}

test('what waits behind full queues goes on when one has caught up', async (t) => {
  const { handle, workers, given, connection } = await setUp(t);
  for (const worker of workers) Object.assign(worker, { queued: longestQueue });
  handle.distribute(connection());
  handle.distribute(connection());
  t.deepEqual(given, []);

  Object.assign(workers[1], { queued: 0 });
  await until(() => given.length === 2);
  t.deepEqual(given, ['slot 1', 'slot 1']);
});

test('a worker may go while all others are behind', async (t) => {
  const { handle, workers, given, connection } = await setUp(t);
  for (const worker of workers) Object.assign(worker, { queued: longestQueue });
  handle.distribute(connection());

  t.false(handle.remove(workers[0]));
  t.deepEqual(given, []);
  t.true(handle.remove(workers[1]));
  t.deepEqual(given, ['closed']);
});
