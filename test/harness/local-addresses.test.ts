import test from 'ava';
import { assertLocal, assertReaches } from '../../harness/local-addresses.js';
import { hasIPv6 } from '../helpers/ipv6.js';

test('what this machine has, and what it takes for its own, can be connected from', async (t) => {
  await t.notThrowsAsync(assertLocal([]));
  await t.notThrowsAsync(assertLocal(['127.0.0.1', ...(hasIPv6 ? ['::1'] : [])]));
});

test('an address of another machine cannot', async (t) => {
  // TEST-NET-1 of RFC 5737 is nobody's.
  await t.throwsAsync(assertLocal(['127.0.0.1', '192.0.2.1']), {
    message:
      '--local-addresses 192.0.2.1: no connection can come from it (EADDRNOTAVAIL); name addresses that this machine has',
  });
});

for (const [host, addresses] of [
  ['127.0.0.1', ['127.0.0.2', '127.0.0.3']],
  ['::1', ['::1']],
  ['localhost', ['::1', '127.0.0.2']],
  [null, ['::1']],
  ['127.0.0.1', []],
] as const) {
  test(`${host} can be reached from [${addresses}]`, (t) => {
    t.notThrows(() => assertReaches(addresses, host, 'app.js'));
  });
}

test('the other family reaches nothing', (t) => {
  const { message } = t.throws(() => assertReaches(['127.0.0.2', '::1'], '127.0.0.1', 'app.js')) ?? {};
  t.is(
    message,
    '--local-addresses ::1: app.js is reached at 127.0.0.1, and not from IPv6; name IPv4 addresses, or another --host',
  );
  t.throws(() => assertReaches(['127.0.0.2'], '::1', 'app.js'), { message: /not from IPv4; name IPv6/ });
});
