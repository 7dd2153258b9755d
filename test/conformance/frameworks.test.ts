/** What people build their servers with, served unmodified under every kind of policy. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import test, { type ExecutionContext } from 'ava';
import { WebSocket } from 'ws';
import type { Policy } from '../../harness/policies/policy.js';
import { fixture } from '../helpers/fixture.js';
import { unlikePolicies } from '../helpers/policies.js';
import { startServer } from '../helpers/server.js';
import { thorough } from '../helpers/thorough.js';
import { appNamed, assertWhole, runningNode, runOne } from '../helpers/trials.js';

const times = 6;
const ca = readFileSync(fixture('tls/cert.pem'));

type Target = { host: string; port: number };

async function websockets(t: ExecutionContext, { host, port }: Target) {
  for (let index = 0; index < times; index += 1) {
    const socket = new WebSocket(`ws://${host}:${port}`);
    await once(socket, 'open');
    const pids = [];
    for (const word of ['one', 'two']) {
      socket.send(word);
      const [answer] = await once(socket, 'message');
      const [pid, ...heard] = String(answer).split(' ');
      t.deepEqual(heard, ['heard', word]);
      pids.push(pid);
    }
    t.is(pids[0], pids[1], 'a websocket stays with its worker');
    socket.close();
    await once(socket, 'close');
  }
}

/** Every connection after the first asks to take up the first one's session, which another worker may not know. */
async function tls(t: ExecutionContext, target: Target) {
  let session: Buffer | undefined;
  for (let index = 0; index < times; index += 1) {
    const request = https.get({
      ...target,
      ca,
      servername: 'localhost',
      agent: false,
      ...(session && { session }),
    });
    request.on('socket', (socket) =>
      socket.once('session', (given: Buffer) => {
        session ??= given;
      }),
    );
    const [response] = await once(request, 'response');
    t.is(response.statusCode, 200);
    response.resume();
    await once(response, 'end');
  }
}

async function streams(t: ExecutionContext, { host, port }: Target) {
  for (let index = 0; index < times; index += 1) {
    const client = http2.connect(`https://${host}:${port}`, { ca, servername: 'localhost' });
    const answers = [1, 2, 3].map(async () => {
      const [headers] = await once(client.request({ ':path': '/' }).resume(), 'response');
      return headers[':status'];
    });
    t.deepEqual(await Promise.all(answers), [200, 200, 200]);
    client.close();
    await once(client, 'close');
  }
}

const clients = [
  ['a websocket server', 'ws', 'http', websockets],
  ['HTTPS with sessions to resume', 'https', 'tcp', tls],
  ['HTTP/2', 'http2', 'tcp', streams],
] as const;

const all = thorough ? unlikePolicies : [];
if (!thorough) test.skip('frameworks are left to CI, which names BENCH_TEST_NODES', () => {});

for (const policy of all) {
  for (const [what, kind, speaks, use] of clients) {
    const { title, serial } = under(policy, `${what} is served`, speaks);
    serial(title, async (t) => {
      const { target } = await startServer(t, policy, {
        workers: policy.single ? 1 : 2,
        ...appNamed('frameworks.mjs', kind),
        speaks,
      });

      await use(t, target);
    });
  }

  for (const framework of ['express', 'fastify']) {
    const { title, serial } = under(policy, `an app made with ${framework} is measured whole`, 'http');
    serial(title, async (t) => {
      const trial = await runOne(t, { ...appNamed('frameworks.mjs', framework), policies: [policy.name] });

      assertWhole(t, trial);
      t.deepEqual(trial.client.status, { 200: 200 });
    });
  }
}

function under(policy: Policy, title: string, speaks: 'http' | 'tcp') {
  const reason = policy.unsupported({
    nodeVersion: runningNode.version,
    platform: process.platform,
    app: fixture('apps/frameworks.mjs'),
    clustersItself: false,
    transport: 'tcp',
    speaks,
  });
  const full = `${policy.name}: ${title}`;
  return reason === undefined
    ? { title: full, serial: test.serial }
    : { title: `${full}: ${reason}`, serial: test.serial.skip };
}
