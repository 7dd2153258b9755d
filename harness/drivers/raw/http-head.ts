/** Bytes, so that nothing is decoded that is not needed. */
export const cr = 13;
export const lf = 10;
const space = 32;
const tab = 9;
const colon = 58;
const zero = 48;
const nine = 57;
const lowerCase = 0x20;
/** What nearly every response has is read without making a string of it. */
const lengthName = Buffer.from('content-length');
const connectionName = Buffer.from('connection');
const keepAliveValue = Buffer.from('keep-alive');
const closeValue = Buffer.from('close');

/** What one head says. */
export interface Head {
  status: number;
  keepAlive: boolean;
  /** null: not said. */
  contentLength: number | null;
  chunked: boolean;
  /** Some other coding than chunked comes last: only the close tells the end. */
  otherCoding: boolean;
}

/** Where the head ends: behind its empty line. A line may end in a bare LF (RFC 9112, 2.2). */
export function endOfHead(bytes: Buffer, from: number, to: number): number | undefined {
  for (let at = bytes.indexOf(lf, from); at !== -1 && at < to; at = bytes.indexOf(lf, at + 1)) {
    if (at + 1 < to && bytes[at + 1] === lf) return at + 2;
    if (at + 2 < to && bytes[at + 1] === cr && bytes[at + 2] === lf) return at + 3;
  }
  return undefined;
}

/** The head in `bytes` from `at` to `to`, its empty line included; an error code where it is none. */
export function parseHead(bytes: Buffer, at: number, to: number): Head | string {
  // "HTTP/1.1 200" and then a reason, or nothing.
  const isHttp = bytes[at] === 72 && bytes[at + 1] === 84 && bytes[at + 2] === 84 && bytes[at + 3] === 80;
  const minor = (bytes[at + 7] ?? 0) - zero;
  if (
    !isHttp ||
    bytes[at + 4] !== 47 ||
    bytes[at + 5] !== 49 ||
    bytes[at + 6] !== 46 ||
    minor < 0 ||
    minor > 9
  )
    return 'NOT_HTTP';
  const status = digitsAt(bytes, at + 9, at + 12);
  const behind = bytes[at + 12];
  if (bytes[at + 8] !== space || status === undefined || status < 100) return 'BAD_STATUS';
  if (behind !== space && behind !== cr && behind !== lf) return 'BAD_STATUS';
  const head: Head = {
    status,
    keepAlive: minor > 0,
    contentLength: null,
    chunked: false,
    otherCoding: false,
  };
  for (let line = bytes.indexOf(lf, at + 12) + 1; line < to; ) {
    const end = bytes.indexOf(lf, line);
    const failure = readField(bytes, line, bytes[end - 1] === cr ? end - 1 : end, head);
    if (failure !== undefined) return failure;
    line = end + 1;
  }
  // Both at once is how responses are smuggled (RFC 9112, 6.3): the coding counts, and nothing may follow.
  if (head.contentLength !== null && (head.chunked || head.otherCoding)) head.keepAlive = false;
  return head;
}

/** One field line; only three names matter, and they are told apart by length and first letter before they are decoded. */
function readField(bytes: Buffer, from: number, to: number, head: Head): string | undefined {
  if (from >= to) return undefined;
  const first = bytes[from] ?? 0;
  // A folded line continues a field (obsolete); if that is one of the three, guessing would misread the body.
  if (first === space || first === tab) return 'FOLDED_FIELD';
  const letter = first | lowerCase;
  if (letter !== 99 && letter !== 116) return undefined;
  const isLength = bytes[from + 14] === colon;
  const isConnection = bytes[from + 10] === colon;
  const isCoding = bytes[from + 17] === colon;
  if (!isLength && !isConnection && !isCoding) return undefined;
  if (isLength && head.contentLength === null && reads(bytes, from, lengthName)) {
    const value = skipBlanks(bytes, from + 15, to);
    const length = to - value <= 15 && value < to ? digitsAt(bytes, value, to) : undefined;
    if (length !== undefined) {
      head.contentLength = length;
      return undefined;
    }
  }
  if (isConnection && reads(bytes, from, connectionName)) {
    const value = skipBlanks(bytes, from + 11, to);
    if (isJust(bytes, value, to, keepAliveValue)) {
      head.keepAlive = true;
      return undefined;
    }
    if (isJust(bytes, value, to, closeValue)) {
      head.keepAlive = false;
      return undefined;
    }
  }
  const text = bytes.toString('latin1', from, to);
  const name = text.slice(0, text.indexOf(':')).toLowerCase();
  const value = text.slice(name.length + 1).trim();
  if (name === 'content-length') return readLength(value, head);
  if (name === 'connection') readConnection(value.toLowerCase(), head);
  else if (name === 'transfer-encoding') readCoding(value.toLowerCase(), head);
  return undefined;
}

/** Whether the bytes at `at` are this text, which is in lower case, in whatever case. */
function reads(bytes: Buffer, at: number, text: Uint8Array): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (((bytes[at + index] ?? 0) | lowerCase) !== (text[index] ?? 0)) return false;
  return true;
}

function isJust(bytes: Buffer, from: number, to: number, text: Uint8Array): boolean {
  return to - from === text.length && reads(bytes, from, text);
}

function skipBlanks(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === space || bytes[at] === tab)) at += 1;
  return at;
}

/** The same length said twice is one length. */
function readLength(value: string, head: Head): string | undefined {
  for (const item of value.split(',')) {
    const digits = item.trim();
    const length = /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
    if (length === undefined || (head.contentLength ?? length) !== length) return 'BAD_LENGTH';
    head.contentLength = length;
  }
  return undefined;
}

function readConnection(value: string, head: Head): void {
  const options = value.split(',').map((option) => option.trim());
  if (options.includes('close')) head.keepAlive = false;
  else if (options.includes('keep-alive')) head.keepAlive = true;
}

function readCoding(value: string, head: Head): void {
  head.chunked = value.split(',').at(-1)?.trim() === 'chunked';
  head.otherCoding = !head.chunked;
}

function digitsAt(bytes: Buffer, from: number, to: number): number | undefined {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < zero || byte > nine) return undefined;
    number = number * 10 + byte - zero;
  }
  return number;
}
