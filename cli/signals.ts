import { type ExitCode, exitCode } from '../harness/errors.js';
import { abandonAll } from '../harness/runtimes/guard.js';
import type { Progress } from './progress.js';

/** A signal to work with: the first Ctrl-C ends it in good order, the second at once. */
export interface Interruptible {
  signal: AbortSignal;
  /** What to say where it ends at once. */
  lastWords(words: () => string): void;
  /** 130 or 143 once a signal has come, otherwise nothing. */
  exitCodeOf(): ExitCode[];
  restore(): void;
}

const codes = {
  SIGINT: exitCode.interrupted,
  SIGTERM: exitCode.terminated,
  SIGHUP: exitCode.terminated,
} as const;

export function interruptible(progress: Pick<Progress, 'stopping' | 'stop'>): Interruptible {
  const controller = new AbortController();
  const received: ExitCode[] = [];
  let lastWords = () => '';
  const onSignal = (name: keyof typeof codes) => {
    received.push(codes[name]);
    if (received.length === 1) {
      progress.stopping();
      controller.abort();
      return;
    }
    progress.stop();
    process.stderr.write(lastWords());
    // The guardian ends what still runs as soon as bench is gone.
    abandonAll();
    process.exit(codes[name]);
  };
  const names = Object.keys(codes) as (keyof typeof codes)[];
  for (const name of names) process.on(name, onSignal as NodeJS.SignalsListener);
  return {
    signal: controller.signal,
    lastWords: (words) => {
      lastWords = words;
    },
    exitCodeOf: () => received.slice(0, 1),
    restore: () => {
      for (const name of names) process.off(name, onSignal as NodeJS.SignalsListener);
    },
  };
}
