import { randomBytes } from '../random-bytes.js';
import type { Answers, Codec } from './codec.js';

/** Messages of `sizeBytes` seeded bytes, each to come back as it went. */
export function echoCodec(answers: Answers, sizeBytes: number, seed: number): Codec {
  const message = randomBytes(sizeBytes, seed);
  /** The first byte counts up, so that an answer given twice, or out of order, is found out. */
  const first = message[0] ?? 0;
  let [sent, answered, received] = [0, 0, 0];
  const numbered = (index: number) => {
    message[0] = (first + index) & 0xff;
    return message;
  };
  return {
    firstByte: false,
    request() {
      sent += 1;
      // What is written may wait in the socket, and the next request changes the first byte.
      return Buffer.from(numbered(sent));
    },
    read(buffer, length) {
      for (let at = 0; at < length; ) {
        if (answered === sent) return 'WRONG_ANSWER';
        const taken = Math.min(length - at, sizeBytes - received);
        numbered(answered + 1);
        if (buffer.compare(message, received, received + taken, at, at + taken) !== 0) return 'WRONG_ANSWER';
        at += taken;
        received += taken;
        if (received < sizeBytes) continue;
        received = 0;
        answered += 1;
        answers.answered();
      }
      return undefined;
    },
    end: () => undefined,
  };
}
