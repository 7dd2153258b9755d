/** E7, E11, E12, E13 and E16: who may listen where, and what becomes of it. docs/how-node-distributes-connections.md has the findings. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { freePort } from '../../harness/free-port.js';
import { policies } from '../../harness/policies/index.js';
import type { Policy } from '../../harness/policies/policy.js';
import { fixture } from '../helpers/fixture.js';
import { launchUnder } from '../helpers/server.js';
import { deadPort } from '../helpers/tcp-server.js';
import { runOne } from '../helpers/trials.js';

/** Resolves with `listening`, or the code of the error. */
async function outcome(t: ExecutionContext, ...where: [number, string?]): Promise<string> {
  const server: Server = createServer().listen(...where);
  t.teardown(() => server.close());
  return once(server, 'listening').then(
    () => 'listening',
    ({ code }) => code,
  );
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('E11: a port is taken once; on another address it is another', async (t) => {
  const port = await deadPort();
  t.is(await outcome(t, port, '127.0.0.1'), 'listening');
  t.is(await outcome(t, port, '127.0.0.1'), 'EADDRINUSE');
  t.is(await outcome(t, port, '127.0.0.2'), 'listening');
});

onLinux('E12: on Linux the address of all takes the port of each', async (t) => {
  const port = await deadPort();
  t.is(await outcome(t, port, '127.0.0.1'), 'listening');
  t.is(await outcome(t, port), 'EADDRINUSE');
});

test.serial('E13: UDP is shared also under round robin', async (t) => {
  const trial = await runOne(t, { policies: ['rr'], workload: 'udp' });
  t.like(trial.mechanism, { expected: 'shared', detected: 'shared' });
});

/** What the second server of each of two workers came to, or how they ended. */
async function listensTwice(t: ExecutionContext, policy: Policy): Promise<string[]> {
  const port = await freePort();
  const app = { path: fixture('cluster-apps/twice.cjs'), args: [String(port)] };
  const server = await launchUnder(t, policy, { workers: 2, app, askedPort: port });
  const said: string[] = [];
  for await (const chunk of server.stdout.setEncoding('utf8')) {
    said.push(...String(chunk).trim().split('\n'));
    if (said.length === 2) break;
  }
  return said;
}

for (const name of ['rr', 'shared', 'strict', 'handle']) {
  const policy = policies.find((each) => each.name === name) as Policy;
  const [major = 0] = process.versions.node.split('.').map(Number);
  // Since Node 22 the worker dies of an assertion in lib/internal/cluster/child.js.
  const runs = name === 'shared' && major >= 22 ? test.serial.skip : test.serial;
  runs(`E16: a worker that listens twice at one address is told so under ${name}`, async (t) => {
    t.deepEqual(await listensTwice(t, policy), ['second: EADDRINUSE', 'second: EADDRINUSE']);
  });
}

/** The article's program: a parent that sends its server and keeps it. */
async function printed(t: ExecutionContext, ...args: string[]): Promise<number> {
  const parent = fork(fixture('cluster-apps/sends-server.cjs'), args);
  t.teardown(() => parent.kill('SIGKILL'));
  const [port] = (await once(parent, 'message')) as [number];
  return port;
}

/** Whether a connection is answered within so many ms. */
async function isAnswered(port: number, ms: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  const answer = once(socket, 'data').then(() => true);
  const isInTime = await Promise.race([answer, setTimeout(ms, false, { ref: false })]);
  socket.destroy();
  return isInTime;
}

test('E7: a parent that sends its server and keeps it goes on accepting, and never answers', async (t) => {
  const port = await printed(t);
  let answers = 0;
  // The parent is one of three who race for each.
  while (answers < 200 && (await isAnswered(port, 1000))) answers += 1;
  t.log(`${answers} were answered before the first that was not`);
  t.true(answers < 200);
});

test('E7: one that closes its own copy leaves every connection to its children', async (t) => {
  const port = await printed(t, 'closes');
  for (let index = 0; index < 30; index += 1) t.true(await isAnswered(port, 10_000));
});
