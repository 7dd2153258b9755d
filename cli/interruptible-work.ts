import { type ExitCode, strongestExitCode } from '../harness/errors.js';
import { dismissGuardian } from '../harness/runtimes/guard.js';
import { createProgress, isLive, type Progress } from './progress.js';
import { interruptible } from './signals.js';

export interface WorkContext {
  /** On stderr, unless `quiet`. */
  progress: Progress;
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP. */
  signal: AbortSignal;
  /** What to say on stderr where a second one ends it at once. */
  lastWords(words: () => string): void;
}

/**
 * Do what takes a while: it shows its progress, and a signal ends it in good order.
 * @returns the strongest of the exit codes that `work` resolves with and the signal's. What `work` throws after a signal
 *   is not told: it failed for that.
 */
export async function interruptibleWork(
  { quiet = false }: { quiet?: boolean | undefined },
  work: (context: WorkContext) => Promise<ExitCode[]>,
): Promise<number> {
  const progress = createProgress({
    stream: process.stderr,
    enabled: !quiet,
    live: isLive(process.stderr, process.env),
    now: () => performance.now(),
  });
  const { signal, lastWords, exitCodeOf, restore } = interruptible(progress);
  try {
    return strongestExitCode([...(await work({ progress, signal, lastWords })), ...exitCodeOf()]);
  } catch (error) {
    progress.stop();
    if (signal.aborted) return strongestExitCode(exitCodeOf());
    throw error;
  } finally {
    restore();
    await dismissGuardian();
  }
}
