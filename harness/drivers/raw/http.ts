import type { Exchange } from '../../../workloads/workload.js';
import type { Answers, Codec } from './codec.js';
import { ResponseParser } from './http-parser.js';

type Http = Extract<Exchange, { kind: 'http' }>;

/** The bytes of every request of an exchange: they are the same for all connections, and are made once. */
export interface HttpRequests {
  /** One per path, in the order in which they are asked for. */
  kept: readonly Buffer[];
  /** The same with `Connection: close`, for the last one on its connection. */
  last: readonly Buffer[];
  toHead: boolean;
}

/** @param authority the `Host` of the requests, unless a header says another */
export function httpRequests(exchange: Http, authority: string): HttpRequests {
  const bytesOf = (path: string, close: boolean) =>
    Buffer.from(requestOf(exchange, path, authority, close), 'latin1');
  return {
    kept: exchange.paths.map((path) => bytesOf(path, false)),
    last: exchange.paths.map((path) => bytesOf(path, true)),
    toHead: exchange.method === 'HEAD',
  };
}

/**
 * HTTP/1.1: a status outside 2xx and 3xx is a failed request.
 * @param requestsPerConnection null for as many as there are
 * @param nextPath which of the paths is to be asked for
 */
export function httpCodec(
  answers: Answers,
  { kept, last, toHead }: HttpRequests,
  requestsPerConnection: number | null,
  nextPath: () => number,
): Codec {
  let sent = 0;
  const parser = new ResponseParser(
    (status, keepAlive) => {
      answers.status(status);
      answers.answered(status >= 200 && status < 400 ? undefined : `HTTP_${status}`, keepAlive);
    },
    { toHead },
  );
  return {
    firstByte: true,
    get inside() {
      return parser.inside;
    },
    request() {
      sent += 1;
      return (sent === requestsPerConnection ? last : kept)[nextPath()] as Buffer;
    },
    read: (buffer, length) => parser.read(buffer, length),
    end: () => parser.end(),
  };
}

/** Header names and values were checked where options are read. Bodies are latin1 here: a byte is a character. */
function requestOf({ method, headers, body }: Http, path: string, authority: string, close: boolean): string {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const content = body === null ? '' : Buffer.from(body, 'base64').toString('latin1');
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(given.has('host') ? [] : [`Host: ${authority}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === null || given.has('content-length') ? [] : [`Content-Length: ${content.length}`]),
    ...(close && !given.has('connection') ? ['Connection: close'] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${content}`;
}
