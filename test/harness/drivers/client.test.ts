import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import { startClient } from '../../../harness/drivers/client.js';
import { BenchError } from '../../../harness/errors.js';
import { type Launch, launch } from '../../../harness/runtimes/launch.js';
import { jobFor } from '../../helpers/spell.js';
import { deadPort } from '../../helpers/tcp-server.js';

/** A client that says it is ready and nothing more, until it is ended. */
const mute: Launch = async () => {
  const stdout = new PassThrough();
  stdout.write('{"ready":true}\n');
  return {
    pid: 1,
    stdin: new PassThrough(),
    stdout,
    exited: new Promise(() => {}),
    lastWords: () => [],
    async stop() {
      stdout.end();
    },
  };
};

test('a spell by time that does not come to an end is given up', async (t) => {
  const client = await startClient(mute, 20);
  const job = jobFor(1, { exchange: { kind: 'pid' }, durationMs: 10, timeoutMs: 10 });

  const { code, message } = await t.throwsAsync<BenchError>(client.drive(job), { instanceOf: BenchError });

  t.is(code, 'client-failed');
  t.regex(message, /time was over/);
});

test('patience beyond what a timer can count is not taken for none', async (t) => {
  const client = await startClient(mute);
  const job = jobFor(1, { exchange: { kind: 'pid' }, durationMs: 2 ** 31, timeoutMs: 10 });
  const given = client.drive(job).then(
    () => 'answered',
    () => 'given up',
  );

  t.is(await Promise.race([given, setTimeout(100, 'waiting')]), 'waiting');
  await client.stop();
  t.is(await given, 'given up');
});

test('a client that is gone is not waited for, though its stdout is not at its end, but what it said last is', async (t) => {
  const exited = setTimeout(200, { code: null, signal: 'SIGKILL' as const });
  const words: string[] = [];
  const client = await startClient(async (spec) => ({
    ...(await mute(spec)),
    exited,
    lastWords: () => words,
    async stop() {
      await setTimeout(50);
      words.push('out of memory');
    },
  }));

  const error = await t.throwsAsync<BenchError>(client.drive(jobFor(1, { exchange: { kind: 'pid' } })));

  t.is(error.code, 'client-failed');
  t.deepEqual(error.details, ['out of memory']);
});

const exchanges = {
  raw: { kind: 'pid' },
  autocannon: { kind: 'http', method: 'GET', paths: ['/'], headers: [], body: null },
  udp: { kind: 'datagram', sizeBytes: 16 },
} as const;

for (const driver of ['raw', 'autocannon', 'udp'] as const)
  test.serial(`a ${driver} client says that it has begun, also where nobody listens`, async (t) => {
    const client = await startClient(launch);
    t.teardown(() => client.stop());
    const exchange = exchanges[driver];
    const job = jobFor(await deadPort(), { driver, exchange, connections: 3, requests: 3, timeoutMs: 300 });
    const log: string[] = [];

    const { client: counts } = await client.drive(job, () => log.push('begun'));

    t.deepEqual(log, ['begun']);
    t.is(counts.requestsCompleted, 0);
    t.is((await client.drive({ ...job, requests: 1 })).client.requestsCompleted, 0, 'and takes another job');
  });
