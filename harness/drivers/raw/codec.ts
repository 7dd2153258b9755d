/** How many requests a connection may carry, and how. */
export interface Codec {
  /** Whether the first byte of an answer comes apart from its end often enough to be recorded. */
  readonly firstByte: boolean;
  /** A part of an answer has come, where that can be an answer to nothing. */
  readonly inside?: boolean;
  /** The bytes of the next request; null where the server speaks first. */
  request(): Uint8Array | string | null;
  /**
   * The next `length` bytes that were read into `buffer`, which is not kept. Answers are told through the `Answers`
   * that the codec was made with.
   * @returns what is wrong, as an error code; nothing more is read then
   */
  read(buffer: Buffer, length: number): string | undefined;
  /**
   * The server has closed in good order; what that completes is told through `Answers`.
   * @returns what is wrong with that, as an error code
   */
  end(): string | undefined;
}

/** What a codec tells its connection. */
export interface Answers {
  /**
   * The oldest request has its whole answer.
   * @param failure the answer is a whole one, but not a good one
   * @param keepAlive false: the server will close, so nothing more may be sent
   */
  answered(failure?: string, keepAlive?: boolean): void;
  /** The client has said all that it will say: it half-closes. */
  finish(): void;
  status(code: number): void;
  answeredBy(pid: string): void;
}
