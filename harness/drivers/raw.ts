import type { Driver, Job } from './driver.js';
import type { Answers, Codec } from './raw/codec.js';
import { connectionsOf } from './raw/connections.js';
import { conversationCodec } from './raw/conversation.js';
import { echoCodec } from './raw/echo.js';
import { httpCodec, httpRequests } from './raw/http.js';
import { pidCodec } from './raw/pid.js';
import { Place, type Spread } from './raw/place.js';
import { workOf } from './raw/work-of.js';

const sweepMs = 50;
const mostBufferBytes = 64 * 1024;

/** Our own client: closed and open loop, every answer verified. */
export const raw = {
  name: 'raw',
  exchanges: ['pid', 'conversation', 'echo', 'http'],
  async drive(job, recorder) {
    const work = await workOf(job, recorder);
    const places = new Set<Place>();
    const { sockets, open } = connectionsOf(job);
    recorder.sockets = sockets;
    await new Promise<void>((resolve) => {
      const sweep = setInterval(() => {
        const oldestMs = recorder.now() - job.timeoutMs;
        work.sweep(oldestMs);
        for (const place of places)
          if ((place.waitingSinceMs ?? Number.POSITIVE_INFINITY) < oldestMs) place.expire();
      }, sweepMs);
      const most = perConnection(job);
      const isKept = most === Number.POSITIVE_INFINITY;
      let untried = job.connections;
      const begin = () => {
        work.start();
        // A `net.Socket` connects in the next tick.
        setImmediate(() => recorder.onBegun());
      };
      const spread: Spread = {
        job,
        recorder,
        work,
        open: (events, buffer, index) => open(events, buffer, job.firstPlace + index),
        codec: codecsOf(job),
        perConnection: most,
        bufferBytes: bufferBytes(job),
        tried() {
          untried -= 1;
          if (untried === 0 && isKept) begin();
        },
        finished(place) {
          places.delete(place);
          if (places.size > 0) return;
          clearInterval(sweep);
          resolve();
        },
      };
      for (let index = 0; index < job.connections; index += 1) places.add(new Place(spread, index));
      for (const place of [...places]) place.pump();
      // Where connections are opened when they are needed, there is none to wait for.
      if (!isKept) begin();
    });
  },
} satisfies Driver;

/** The largest read of a connection: thousands of them need no more memory than their answers. */
function bufferBytes({ exchange, pipelining }: Job): number {
  if (exchange.kind === 'pid') return 64;
  return exchange.kind === 'echo'
    ? Math.min(exchange.sizeBytes * pipelining, mostBufferBytes)
    : mostBufferBytes;
}

/** Requests that a connection carries. */
function perConnection({ exchange, requestsPerConnection }: Job): number {
  if (exchange.kind === 'pid' || exchange.kind === 'conversation') return 1;
  return requestsPerConnection ?? Number.POSITIVE_INFINITY;
}

/** A codec for each connection, by its place. */
function codecsOf(job: Job): (answers: Answers, index: number) => Codec {
  const { exchange, seed, requestsPerConnection, authority, firstPlace } = job;
  if (exchange.kind === 'pid') return pidCodec;
  if (exchange.kind === 'conversation') return (answers) => conversationCodec(answers, exchange.payload);
  // Each place has bytes of its own, so that an answer meant for another is found out.
  if (exchange.kind === 'echo')
    return (answers, index) => echoCodec(answers, exchange.sizeBytes, seed + firstPlace + index);
  if (exchange.kind === 'datagram') throw new TypeError('datagrams have a driver of their own');
  const requests = httpRequests(exchange, authority);
  // Paths are asked for in turns, on whatever connection of the place.
  const asked: number[] = [];
  return (answers, index) =>
    httpCodec(answers, requests, requestsPerConnection, () => {
      const path = asked[index] ?? firstPlace + index;
      asked[index] = path + 1;
      return path % exchange.paths.length;
    });
}
