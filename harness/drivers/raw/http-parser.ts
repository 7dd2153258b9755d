import { cr, endOfHead, type Head, lf, parseHead } from './http-head.js';

/** As Node's own parser: what is longer is an attack or a mistake. */
export const longestHead = 64 * 1024;
/** A chunk's size and its extension, or a line of trailers. */
const longestLine = 16 * 1024;

/** What the next bytes are. */
const inHead = 0;
const inBody = 1;
const untilClose = 2;
const inChunkSize = 3;
const inChunk = 4;
const behindChunk = 5;
const inTrailers = 6;

/** What is told of each whole response. */
export type OnResponse = (status: number, keepAlive: boolean) => void;

/**
 * Responses of HTTP/1.0 and 1.1 (RFC 9112), in whatever pieces they come: their framing and nothing else. It tells each
 * final response when its last byte has come; interim ones (1xx) are passed over. Any mistake is final.
 */
export class ResponseParser {
  readonly #onResponse: OnResponse;
  readonly #toHead: boolean;
  #state: number = inHead;
  #head: Head = { status: 0, keepAlive: true, contentLength: null, chunked: false, otherCoding: false };
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left = 0;
  /** A head, or a line, of which the end has not come. */
  #carry: Buffer | undefined;
  #failure: string | undefined;

  /** `toHead`: the requests are HEAD, whose responses have no body whatever their heads say. */
  constructor(onResponse: OnResponse, { toHead = false }: { toHead?: boolean } = {}) {
    this.#onResponse = onResponse;
    this.#toHead = toHead;
  }

  /** Whether bytes of a response have come and its end has not. */
  get inside(): boolean {
    return this.#state !== inHead || this.#carry !== undefined;
  }

  /**
   * The next `length` bytes of `bytes`, which is not kept.
   * @returns what is wrong, as an error code; undefined as long as all is well
   */
  read(bytes: Buffer, length: number): string | undefined {
    let at = 0;
    while (at < length && this.#failure === undefined) {
      if (this.#state === inHead) at = this.#readHead(bytes, at, length);
      else if (this.#state === inBody || this.#state === inChunk) at = this.#skip(at, length);
      else if (this.#state === untilClose) at = length;
      else at = this.#readLine(bytes, at, length);
    }
    return this.#failure;
  }

  /**
   * The connection was closed in good order.
   * @returns what is wrong with that, as an error code
   */
  end(): string | undefined {
    if (this.#failure !== undefined) return this.#failure;
    if (this.#state === untilClose) {
      this.#finish(false);
      return undefined;
    }
    return this.inside ? this.#fail('TRUNCATED_ANSWER') : undefined;
  }

  #readHead(bytes: Buffer, from: number, to: number): number {
    // An empty line before a head is passed over (RFC 9112, 2.2).
    if (this.#carry === undefined) while (from < to && (bytes[from] === cr || bytes[from] === lf)) from += 1;
    if (from === to) return to;
    const searched = this.#carry?.length ?? 0;
    const text = this.#carry === undefined ? bytes : Buffer.concat([this.#carry, bytes.subarray(from, to)]);
    const start = this.#carry === undefined ? from : 0;
    const limit = this.#carry === undefined ? to : text.length;
    // The end may begin in what came before.
    const end = endOfHead(text, Math.max(start, searched - 3), limit);
    if (end === undefined) {
      if (limit - start > longestHead) this.#fail('LONG_HEAD');
      else this.#carry = this.#carry === undefined ? Buffer.from(bytes.subarray(from, to)) : text;
      return to;
    }
    this.#carry = undefined;
    if (end - start > longestHead) this.#fail('LONG_HEAD');
    else this.#begin(parseHead(text, start, end));
    return from + (end - start) - searched;
  }

  #begin(head: Head | string): void {
    if (typeof head === 'string') {
      this.#fail(head);
      return;
    }
    this.#head = head;
    const { status, contentLength } = head;
    if (status === 101) this.#fail('UPGRADED');
    else if (status < 200) return;
    else if (this.#toHead || status === 204 || status === 304) this.#finish();
    else if (head.chunked) this.#state = inChunkSize;
    else if (head.otherCoding || contentLength === null) this.#state = untilClose;
    else if (contentLength === 0) this.#finish();
    else {
      this.#left = contentLength;
      this.#state = inBody;
    }
  }

  #skip(from: number, to: number): number {
    const taken = Math.min(this.#left, to - from);
    this.#left -= taken;
    if (this.#left === 0) {
      if (this.#state === inBody) this.#finish();
      else this.#state = behindChunk;
    }
    return from + taken;
  }

  #readLine(bytes: Buffer, from: number, to: number): number {
    const end = bytes.indexOf(lf, from);
    const isWhole = end !== -1 && end < to;
    const piece = bytes.subarray(from, isWhole ? end : to);
    const line = this.#carry === undefined ? piece : Buffer.concat([this.#carry, piece]);
    if (line.length > longestLine) {
      this.#fail('LONG_LINE');
      return to;
    }
    if (!isWhole) {
      this.#carry = Buffer.from(line);
      return to;
    }
    this.#carry = undefined;
    this.#useLine(line.at(-1) === cr ? line.subarray(0, -1) : line);
    return end + 1;
  }

  #useLine(line: Buffer): void {
    if (this.#state === inChunkSize) this.#useChunkSize(line.toString('latin1'));
    else if (this.#state === behindChunk) {
      if (line.length > 0) this.#fail('BAD_CHUNK');
      else this.#state = inChunkSize;
    } else if (line.length === 0) this.#finish();
  }

  #useChunkSize(line: string): void {
    const [, digits] = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
    if (digits === undefined) {
      this.#fail('BAD_CHUNK');
      return;
    }
    this.#left = Number.parseInt(digits, 16);
    this.#state = this.#left === 0 ? inTrailers : inChunk;
  }

  #finish(keepAlive = this.#head.keepAlive): void {
    this.#state = inHead;
    this.#onResponse(this.#head.status, keepAlive);
  }

  #fail(code: string): string {
    this.#failure = code;
    return code;
  }
}
