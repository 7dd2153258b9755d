import { once } from 'node:events';
import { createServer } from 'node:net';
import test from 'ava';
import { freePort } from '../../harness/free-port.js';

test('a free port can be listened on, on every address, and lies where no client is given one', async (t) => {
  const port = await freePort();
  const server = createServer();
  t.teardown(() => server.close());

  server.listen(port);
  await once(server, 'listening');

  t.true(port >= 20_000 && port < 32_768, String(port));
});
