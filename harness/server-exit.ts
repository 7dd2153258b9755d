import { monotonicMs } from './clock.js';
import type { WorkerRecord } from './record.js';
import type { Exit, Launched } from './runtimes/launch.js';

/** How and when the server's first process ended: its primary, or all there is of it. */
export type ServerExit = Exit & { atMs: number };

/** Follow the server; the returned function says whether it has ended by itself. */
export function followExit({ exited }: Pick<Launched, 'exited'>): () => ServerExit | undefined {
  let ended: ServerExit | undefined;
  void exited.then((exit) => {
    ended = { ...exit, atMs: monotonicMs() };
  });
  return () => ended;
}

/** The rows of a server without a primary, whose exit nobody but bench sees. */
export function rowsWithExit(
  rows: readonly WorkerRecord[],
  { code, signal, atMs }: ServerExit,
  startedAtMs: number,
): WorkerRecord[] {
  return rows.map((row) => ({ ...row, exit: { code, signal, atSeconds: (atMs - startedAtMs) / 1000 } }));
}
