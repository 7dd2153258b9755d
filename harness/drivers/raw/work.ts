/** Where requests come from: the closed loop makes the next one when there is room for it, the open loop has a schedule. */
export interface Work {
  /** No request will come any more. */
  readonly over: boolean;
  /**
   * When the next request of place `index` was due, ms; undefined while there is none. Taking it is final.
   * @param nowMs the clock, as it was just read
   */
  take(nowMs: number, index: number): number | undefined;
  /** A request that was taken could not be sent: its connection could not be opened. */
  giveBack(intendedMs: number, index: number): void;
  /** A place has room for a request and there is none. It is to be pumped when there is. */
  idle(place: Pumped): void;
  /** What waits for the first connections begins: they are open, or were tried. */
  start(): void;
  /** Give up what has waited since `oldestMs` or longer. Called now and then. */
  sweep(oldestMs: number): void;
}

export interface Pumped {
  /** Which of the places it is, from 0. */
  readonly index: number;
  pump(): void;
}
