import type { Answers, Codec } from './codec.js';

/** Send the payload if there is one and wait for an answer, half-close, wait for the close. */
export function conversationCodec(answers: Answers, payload: string | null): Codec {
  let answered = false;
  return {
    get firstByte() {
      return answered;
    },
    request() {
      if (payload === null) answers.finish();
      return payload;
    },
    read() {
      if (!answered && payload !== null) answers.finish();
      answered = true;
      return undefined;
    },
    end() {
      if (payload !== null && !answered) return 'NO_ANSWER';
      answers.answered();
      return undefined;
    },
  };
}
