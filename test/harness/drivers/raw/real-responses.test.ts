/**
 * Responses as nginx 1.22, Apache 2.4, lighttpd 1.4, Python's http.server and Node sent them: files, errors, listings,
 * ranges, gzip, chunks, trailers, HEAD, HTTP/1.0, several at once. What is to be told of them is llhttp's reading, but for
 * the connection after an answer to HEAD, which stays.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { ResponseParser } from '../../../../harness/drivers/raw/http-parser.js';
import { fixtures } from '../../../helpers/bench.js';

interface RealResponse {
  name: string;
  toHead?: true;
  responses: [status: number, keepAlive: boolean][];
  base64: string;
}

const corpus: RealResponse[] = JSON.parse(readFileSync(path.join(fixtures, 'real-responses.json'), 'utf8'));

for (const { name, toHead = false, responses, base64 } of corpus)
  test(`${name}: cut anywhere in two, and byte by byte, it is read the same`, (t) => {
    const whole = Buffer.from(base64, 'base64');
    const told = (pieces: Iterable<Buffer>) => {
      const found: RealResponse['responses'] = [];
      const parser = new ResponseParser((...each) => found.push(each), { toHead });
      for (const piece of pieces) t.is(parser.read(piece, piece.length), undefined);
      t.is(parser.end(), undefined);
      return found;
    };
    for (let cut = 0; cut < whole.length; cut += 1)
      t.deepEqual(told([whole.subarray(0, cut), whole.subarray(cut)]), responses, `cut at ${cut}`);
    t.deepEqual(told([...whole].map((byte) => Buffer.of(byte))), responses);
  });
