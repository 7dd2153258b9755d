import test from 'ava';
import { header, localAddresses } from '../../cli/load-values.js';

test('a header line is a name and a value', (t) => {
  t.deepEqual(header('Accept: text/html; q=0.5', '-H'), ['Accept', 'text/html; q=0.5']);
  t.deepEqual(header('x-empty:', '-H'), ['x-empty', '']);
  t.deepEqual(header('a:b:c  ', '-H'), ['a', 'b:c']);
});

for (const text of [
  'accept',
  ': x',
  'a b: c',
  'a: b\r\nInjected: c',
  'a: b\nc',
  'a\n: b',
  'a: \0',
  'é: x',
  'a: 中',
])
  test(`not a header line: ${JSON.stringify(text)}`, (t) => {
    t.throws(() => header(text, '--header'), {
      message: /^--header .*: expected a header line of Latin-1 characters without a line end/s,
    });
  });

test('addresses may be single, in a list, or a range of the last number', (t) => {
  t.deepEqual(localAddresses('127.0.0.2', '-'), ['127.0.0.2']);
  t.deepEqual(localAddresses('127.0.0.2-4,::1', '-'), ['127.0.0.2', '127.0.0.3', '127.0.0.4', '::1']);
});

for (const text of ['localhost', '127.0.0.9-2', '127.0.0.2-300', '127.0.0', '127.0.0.1-', '', '127.0.0.2,'])
  test(`no addresses: ${JSON.stringify(text)}`, (t) => {
    t.throws(() => localAddresses(text, '--local-addresses'), { message: /^--local-addresses/ });
  });
