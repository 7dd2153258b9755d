import test from 'ava';
import fc from 'fast-check';
import { longestHead, ResponseParser } from '../../../../harness/drivers/raw/http-parser.js';

type Told = [status: number, keepAlive: boolean];
interface Outcome {
  responses: Told[];
  failure: string | undefined;
  /** What the end of the connection says; undefined where all is well. */
  end: string | undefined;
}

function parse(pieces: readonly Buffer[], options?: { toHead?: boolean }): Outcome {
  const responses: Told[] = [];
  const parser = new ResponseParser((...told) => responses.push(told), options);
  let failure: string | undefined;
  for (const piece of pieces) failure ??= parser.read(piece, piece.length);
  return { responses, failure, end: parser.end() };
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
const lines = (...head: string[]) => `${head.join('\r\n')}\r\n\r\n`;
const ok = (...fields: string[]) => lines('HTTP/1.1 200 OK', ...fields);

/** Responses as servers send them: what they are, and what is to be told of them. */
const corpus: [title: string, text: string, responses: Told[], end?: string][] = [
  ['a body of a length', `${ok('Content-Length: 5')}hello`, [[200, true]]],
  ['no body', ok('Content-Length: 0'), [[200, true]]],
  [
    'nginx',
    `${lines('HTTP/1.1 404 Not Found', 'Server: nginx/1.22.1', 'Date: Sat, 21 Nov 2026 10:00:00 GMT', 'Content-Type: text/html', 'Content-Length: 3', 'Connection: keep-alive')}abc`,
    [[404, true]],
  ],
  [
    'Node, to a client that closes',
    `${ok('Date: x', 'Connection: close', 'Content-Length: 2')}hi`,
    [[200, false]],
  ],
  ['chunks', `${ok('Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`, [[200, true]]],
  [
    'chunks with extensions and trailers, in capitals',
    `${ok('TRANSFER-ENCODING: Chunked')}A;x="y"\r\n0123456789\r\n1 \r\n!\r\n000\r\nExpires: 0\r\nETag: 7\r\n\r\n`,
    [[200, true]],
  ],
  ['a coding before chunked', `${ok('Transfer-Encoding: gzip, chunked')}1\r\nx\r\n0\r\n\r\n`, [[200, true]]],
  ['a body that ends with the connection', `${ok('Content-Type: text/plain')}to the end`, [[200, false]]],
  [
    'another coding than chunked ends with the connection',
    `${ok('Transfer-Encoding: gzip')}xx`,
    [[200, false]],
  ],
  ['HTTP/1.0 closes', `${lines('HTTP/1.0 200 OK', 'Content-Length: 1')}x`, [[200, false]]],
  [
    'HTTP/1.0 with keep-alive',
    `${lines('HTTP/1.0 200 OK', 'Connection: Keep-Alive', 'Content-Length: 1')}x`,
    [[200, true]],
  ],
  ['204 has no body', lines('HTTP/1.1 204 No Content'), [[204, true]]],
  [
    '304 has no body, whatever length it tells',
    lines('HTTP/1.1 304 Not Modified', 'Content-Length: 99'),
    [[304, true]],
  ],
  [
    '100 and 103 come before',
    `${lines('HTTP/1.1 100 Continue')}${lines('HTTP/1.1 103 Early Hints', 'Link: </a.css>')}${ok('Content-Length: 1')}x`,
    [[200, true]],
  ],
  [
    'several at once',
    `${ok('Content-Length: 1')}a${ok('Transfer-Encoding: chunked')}1\r\nb\r\n0\r\n\r\n${ok('Content-Length: 0')}`,
    [
      [200, true],
      [200, true],
      [200, true],
    ],
  ],
  ['no reason', `${lines('HTTP/1.1 500 ', 'Content-Length: 0')}`, [[500, true]]],
  ['no reason and no space', `${lines('HTTP/1.1 500', 'Content-Length: 0')}`, [[500, true]]],
  ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhi', [[200, true]]],
  [
    'an empty line before',
    `\r\n${ok('Content-Length: 0')}\r\n${ok('Content-Length: 0')}`,
    [
      [200, true],
      [200, true],
    ],
  ],
  [
    'no space behind the colon, and some behind the value',
    `${ok('content-length:3  ', 'connection:\tclose ')}abc`,
    [[200, false]],
  ],
  ['the same length twice', `${ok('Content-Length: 2', 'Content-Length: 2')}hi`, [[200, true]]],
  [
    'names that only begin or end like those that matter',
    `${ok('Content-Lengthy: 9', 'X-Content-Length: 9', 'Connections: close', 'Trailers: x', 'Content-Length: 1')}x`,
    [[200, true]],
  ],
  [
    'a length beside chunks does not count, and nothing follows',
    `${ok('Content-Length: 99', 'Transfer-Encoding: chunked')}1\r\nx\r\n0\r\n\r\n`,
    [[200, false]],
  ],
  ['a body cut short', `${ok('Content-Length: 5')}hell`, [], 'TRUNCATED_ANSWER'],
  ['chunks cut short', `${ok('Transfer-Encoding: chunked')}5\r\nhello\r\n`, [], 'TRUNCATED_ANSWER'],
  ['trailers cut short', `${ok('Transfer-Encoding: chunked')}0\r\nETag: 7\r\n`, [], 'TRUNCATED_ANSWER'],
  ['a head cut short', 'HTTP/1.1 200 OK\r\nContent-Le', [], 'TRUNCATED_ANSWER'],
  ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', [], 'NOT_HTTP'],
  ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n', [], 'NOT_HTTP'],
  ['a status of letters', lines('HTTP/1.1 abc OK'), [], 'BAD_STATUS'],
  ['a status of four digits', lines('HTTP/1.1 2000 OK'), [], 'BAD_STATUS'],
  ['two lengths', `${ok('Content-Length: 2', 'Content-Length: 3')}`, [], 'BAD_LENGTH'],
  ['two lengths in one field', `${ok('Content-Length: 2, 3')}`, [], 'BAD_LENGTH'],
  ['a length below zero', ok('Content-Length: -1'), [], 'BAD_LENGTH'],
  ['a length in hexadecimal', ok('Content-Length: 0x10'), [], 'BAD_LENGTH'],
  ['a chunk size that is none', `${ok('Transfer-Encoding: chunked')}x\r\n`, [], 'BAD_CHUNK'],
  [
    'a chunk that is longer than its size',
    `${ok('Transfer-Encoding: chunked')}1\r\nab\r\n0\r\n\r\n`,
    [],
    'BAD_CHUNK',
  ],
  ['a folded field', lines('HTTP/1.1 200 OK', 'Content-Length: 5', ' 5'), [], 'FOLDED_FIELD'],
  ['an upgrade', lines('HTTP/1.1 101 Switching Protocols', 'Upgrade: x'), [], 'UPGRADED'],
];

for (const [title, text, responses, failure] of corpus) {
  const whole = bytes(text);

  test(`${title}: in one piece`, (t) => {
    const found = parse([whole]);

    t.deepEqual(found.responses, responses);
    t.is(found.end, failure);
  });

  test(`${title}: cut anywhere in two, and byte by byte, it is the same`, (t) => {
    const expected = parse([whole]);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const found = parse([whole.subarray(0, cut), whole.subarray(cut)]);
      t.deepEqual([found.responses, found.end], [expected.responses, expected.end], `cut at ${cut}`);
    }
    const single = parse([...whole].map((byte) => Buffer.from([byte])));
    t.deepEqual([single.responses, single.end], [expected.responses, expected.end]);
  });
}

test('responses of a kept connection, in any order and any pieces, are told one by one', (t) => {
  const kept = corpus.filter(
    ([, , responses, end]) => end === undefined && responses.every(([, keep]) => keep),
  );
  const property = fc.property(
    fc.array(fc.constantFrom(...kept), { minLength: 1, maxLength: 6 }),
    fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
    (chosen, sizes) => {
      const whole = bytes(chosen.map(([, text]) => text).join(''));
      const pieces: Buffer[] = [];
      for (let at = 0; at < whole.length; ) {
        const size = sizes.next().value;
        pieces.push(whole.subarray(at, at + size));
        at += size;
      }
      const found = parse(pieces);
      t.deepEqual(
        found.responses,
        chosen.flatMap(([, , responses]) => responses),
      );
      t.is(found.end, undefined);
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test('no bytes whatever make it throw, or tell more than one response in four bytes', (t) => {
  const words = [
    'HTTP/1.1 ',
    '200',
    ' OK',
    '\r\n',
    '\n',
    'Content-Length: ',
    '3',
    'Transfer-Encoding: chunked',
    '0',
    'a',
    ' ',
  ];
  const text = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 40 });
  const property = fc.property(fc.array(text, { maxLength: 5 }), (pieces) => {
    const input = pieces.map((piece) => bytes(piece.join('')));
    const { responses } = parse(input);
    t.true(responses.length <= input.reduce((sum, piece) => sum + piece.length, 0) / 4);
  });
  fc.assert(property, { numRuns: 500 });
});

test('an answer to HEAD ends with its head', (t) => {
  const text = ok('Content-Length: 5') + ok('Transfer-Encoding: chunked') + ok();

  t.deepEqual(parse([bytes(text)], { toHead: true }), {
    responses: [
      [200, true],
      [200, true],
      [200, true],
    ],
    failure: undefined,
    end: undefined,
  });
});

test('a head without an end is refused when it is too long, in one piece or in many', (t) => {
  const field = bytes(`X: ${'x'.repeat(1000)}\r\n`);
  const pieces = [bytes('HTTP/1.1 200 OK\r\n'), ...Array<Buffer>(70).fill(field)];

  t.true(Buffer.concat(pieces).length > longestHead);
  t.is(parse(pieces).failure, 'LONG_HEAD');
  t.is(parse([Buffer.concat(pieces)]).failure, 'LONG_HEAD');
});

test('what lies in the buffer behind the bytes that were read is not looked at', (t) => {
  const responses: Told[] = [];
  const parser = new ResponseParser((...told) => responses.push(told));
  const text = `${ok('Content-Length: 5')}hello`;
  const buffer = bytes(text + text);

  t.is(parser.read(buffer, text.length - 1), undefined);
  t.deepEqual(responses, []);
  t.is(parser.read(bytes('o'), 1), undefined);
  t.deepEqual(responses, [[200, true]]);
});
