import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { http } from './http.js';
import type { Workload } from './workload.js';

/** Hashes per request: a Pareto distribution's least, its exponent (the mean is three times the least), and a cap. */
const least = 20;
const exponent = 1.5;
const most = 5000;

export const cpu = {
  ...http,
  name: 'cpu',
  summary: 'HTTP/1.1 with keep-alive; what a request costs the server is heavy-tailed',
  driver: 'raw',
  serveArguments: ({ seed }) => [String(seed)],
  serve(seed) {
    const random = mulberry32(Number(seed));
    const server = createServer((_request, response) => {
      const hashes = Math.min(most, Math.round(least / (1 - random()) ** (1 / exponent)));
      let digest = Buffer.from(String(process.pid));
      for (let index = 0; index < hashes; index += 1) digest = createHash('sha256').update(digest).digest();
      response.end(`${process.pid} ${hashes}\n`);
    });
    server.listen(0, '127.0.0.1');
  },
} satisfies Workload;

/** A small generator of numbers from 0 up to 1 (T. Ettinger, public domain): an app imports nothing of ours. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
