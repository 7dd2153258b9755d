import type { Answers, Codec } from './codec.js';

/** Of a PID with its end of line there are less; what is longer is wrong, and is not read to its end. */
const longestAnswer = 32;

/** The server sends one decimal PID and closes. */
export function pidCodec(answers: Answers): Codec {
  let text = '';
  return {
    firstByte: false,
    request: () => null,
    read(buffer, length) {
      text += buffer.toString('latin1', 0, length);
      return text.length > longestAnswer ? 'WRONG_ANSWER' : undefined;
    },
    end() {
      const pid = text.slice(0, -1);
      if (text === '') return 'NO_ANSWER';
      if (!text.endsWith('\n') || !/^\d+$/.test(pid)) return 'WRONG_ANSWER';
      answers.answeredBy(pid);
      answers.answered();
      return undefined;
    },
  };
}
