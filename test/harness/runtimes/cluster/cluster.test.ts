/** Our own cluster, seen from its clients. */
import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { freePort } from '../../../../harness/free-port.js';
import { startCluster } from '../../../helpers/own-cluster.js';
import { isAlive } from '../../../helpers/processes.js';
import { countingServer } from '../../../helpers/tcp-server.js';
import { firstOf } from '../../../helpers/thorough.js';
import { until } from '../../../helpers/until.js';

const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

test.serial('strict hands connections to every worker in turn', async (t) => {
  const { ask, workers } = await startCluster(t);
  const heard: number[] = [];
  for (let index = 0; index < 9; index += 1) heard.push(await ask());

  const pids = workers().map(({ pid }) => pid);
  t.is(new Set(heard).size, 3);
  t.deepEqual(heard, [...pids, ...pids, ...pids]);
});

/** Pipes, where they are known, and Node's channels. */
const ways: Record<string, string>[] = [{}, { CLUSTER_BENCH_HAND_OVER: 'channel' }];
const overEachWay = (
  title: string,
  run: (t: ExecutionContext, env: Record<string, string>) => Promise<void>,
) => {
  for (const [index, env] of ways.entries())
    firstOf(index)(`${title}, over ${Object.values(env)[0] ?? 'a pipe'}`, (t) => run(t, env));
};

overEachWay('what a worker had not received when it was killed is served by the others', async (t, env) => {
  const { ask, pid } = await startCluster(t, { env });
  const first = pid(0);
  // Strict: the first to be asked is slot 0. It answers, and is deaf from then on.
  t.is(await ask('/block?ms=20000'), first);
  const answers = times(30, () => ask());
  await setTimeout(200);
  process.kill(first, 'SIGKILL');

  const heard = await answers;
  t.is(heard.length, 30);
  t.false(heard.includes(first));
});

test.serial('a worker that dies is replaced in its slot, and is given connections again', async (t) => {
  const { ask, workers, pid } = await startCluster(t);
  await setTimeout(1000); // One that dies younger is not.
  const before = [pid(0), pid(1), pid(2)];
  process.kill(pid(1), 'SIGKILL');
  await until(() => {
    const now = workers();
    return now.length === 3 && now[1]?.pid !== before[1];
  });

  t.deepEqual([pid(0), pid(2)], [before[0], before[2]]);
  t.deepEqual(new Set(await times(12, () => ask())), new Set([pid(0), pid(1), pid(2)]));
});

/** Where the loopback has more than one address. */
const onLinux = process.platform === 'linux' ? test.serial : test.serial.skip;

onLinux('under ip-hash an address keeps its slot, also when workers are replaced', async (t) => {
  const { ask, workers, pid } = await startCluster(t, { scheduler: 'ip-hash' });
  const addresses = Array.from({ length: 12 }, (_, index) => `127.0.0.${index + 1}`);
  const slots = async () => {
    const heard = [];
    for (const address of addresses) heard.push(await ask('/', address));
    return heard.map((each) => workers().find((worker) => worker.pid === each)?.slot);
  };
  await setTimeout(1000);
  const first = await slots();
  t.is(new Set(first).size, 3);

  for (const slot of [0, 1, 2]) {
    const before = pid(slot);
    process.kill(before, 'SIGKILL');
    await until(() => {
      const now = workers();
      return now.length === 3 && now[slot]?.pid !== before;
    });
    t.deepEqual(await slots(), first);
  }
});

test.serial('connections wait while the only worker is replaced', async (t) => {
  const { ask, workers, pid } = await startCluster(t, { workers: 1 });
  await setTimeout(1000);
  const first = pid(0);
  process.kill(first, 'SIGKILL');
  await until(() => workers().length === 0);

  const heard = new Set(await times(5, () => ask()));
  t.is(heard.size, 1);
  t.false(heard.has(first));
});

test.serial('a worker that leaves is given nothing more, and what it has it serves to the end', async (t) => {
  const { ask, workers, pid } = await startCluster(t);
  const first = pid(0);
  const slow = ask('/slow?ms=500');
  await ask();
  await ask();
  t.is(await ask('/leave'), first);
  await until(() => workers().length === 2);

  const heard = await times(10, () => ask());
  t.false(heard.includes(first));
  t.is(await slow, first);
});

overEachWay('a worker that has cut its channel is given nothing, though it lives on', async (t, env) => {
  const { ask, pid } = await startCluster(t, { env });
  const first = pid(0);
  void ask('/slow?ms=60000').catch(() => {}); // It lives for this one.
  await ask();
  await ask();
  t.is(await ask('/cut'), first);

  t.timeout(20_000);
  const heard = await times(12, () => ask());
  t.false(heard.includes(first));
});

if (process.platform === 'linux')
  overEachWay('what a worker out of descriptors cannot receive is served by the others', async (t, env) => {
    // Chosen for every connection: it would be asked again and again.
    const { ask, workers } = await startCluster(t, { scheduler: 'ip-hash', workers: 2, env });
    const chosen = await ask();
    // Beside stdin, stdout and stderr, which it has.
    execFileSync('prlimit', ['--pid', String(chosen), '--nofile=3:3']);

    t.timeout(20_000);
    const other = workers().find(({ pid }) => pid !== chosen)?.pid;
    for (let index = 0; index < 3; index += 1) t.true((await ask()) === other);
  });

test.serial('a full worker is passed over, and connections wait where all are full', async (t) => {
  const { ask, pid } = await startCluster(t, { workers: 2, args: ['0', '2'] });
  const answers = await times(60, () => ask('/slow?ms=10'));

  t.is(answers.length, 60);
  t.deepEqual(new Set(answers), new Set([pid(0), pid(1)]));
});

test.serial('a server may close and listen again, beside others that listen there', async (t) => {
  const { ask, pid } = await startCluster(t, { args: [JSON.stringify(await freePort())] });
  for (const each of [pid(0), pid(1), pid(2)]) t.is(await ask('/again'), each);

  // When all listen again, three in a row are heard.
  t.timeout(10_000);
  while (new Set(await times(3, () => ask())).size < 3);
});

test.serial('a port that is taken is the app’s error, as without a cluster', async (t) => {
  const { port } = await countingServer(t, () => {});
  const args = [JSON.stringify({ port, host: '127.0.0.1' })];
  const { lastWords } = await startCluster(t, { args, ready: false });
  await until(() => lastWords().length === 3);
  t.deepEqual(lastWords(), ['EADDRINUSE', 'EADDRINUSE', 'EADDRINUSE']);
});

test.serial('the primary takes its workers with it', async (t) => {
  const { workers } = await startCluster(t);
  const pids = workers().map(({ pid }) => pid);
  const parent = workers()[0]?.reading?.events.find(({ type }) => type === 'start');
  process.kill((parent as { parent: number }).parent, 'SIGKILL');
  await until(() => pids.every((pid) => !isAlive(pid)));
  t.pass();
});
