import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Each line of `stream` as the JSON value that it holds; ends with the stream. */
export async function* jsonLines<T>(stream: Readable): AsyncGenerator<T, undefined> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield JSON.parse(line) as T;
  }
}
