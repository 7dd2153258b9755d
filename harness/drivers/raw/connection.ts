/** A connection as its place sees it. */
export interface Connection {
  write(bytes: Uint8Array | string): void;
  /** What is written between the two goes out in one. */
  cork(): void;
  uncork(): void;
  /** Half-close, behind what was written. */
  end(): void;
  /** Close at once. */
  destroy(): void;
}

/** What becomes of a connection, as its place is told. */
export interface ConnectionEvents {
  /** The other side has taken it. */
  connected(): void;
  /** It can be written to: hands were shaken over TLS where that is spoken. */
  ready(): void;
  /** So many bytes lie at the beginning of the buffer that it was opened with. */
  received(bytes: number): void;
  /** An error code; `closed` follows. */
  broken(code: string): void;
  /** The last that is heard of it. */
  closed(): void;
}

/**
 * Open a connection that reads into `buffer`.
 * @param index of its place, which tells its source address where there are several
 */
export type Open = (events: ConnectionEvents, buffer: Buffer, index: number) => Connection;
