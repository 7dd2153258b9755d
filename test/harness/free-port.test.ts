import { once } from 'node:events';
import { createServer } from 'node:net';
import test from 'ava';
import { BenchError } from '../../harness/errors.js';
import { freePort } from '../../harness/free-port.js';
import { deadPort } from '../helpers/tcp-server.js';

test('a machine without a free port is said, with what to do', async (t) => {
  const taken = createServer();
  t.teardown(() => taken.close());
  // Where somebody else has it, it is taken as well.
  await new Promise<void>((resolve) => taken.once('error', () => resolve()).listen(20_000, resolve));

  await t.throwsAsync(
    freePort(() => 0),
    {
      instanceOf: BenchError,
      code: 'no-free-port',
      message: /^no port from 20000 to \d+ is free: name one with --port$/,
    },
  );
});

test('a free port can be listened on, on every address, and lies where no client is given one', async (t) => {
  // As freePort gives it, when no copy is left of the socket that looked.
  const port = await deadPort();
  const server = createServer();
  t.teardown(() => server.close());

  server.listen(port);
  await once(server, 'listening');

  t.true(port >= 20_000 && port < 32_768, String(port));
});
