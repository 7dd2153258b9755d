import { createLogUpdate } from 'log-update';

export interface Progress {
  /** What is to come; `secondsEach` is the guess at a trial's length until one was measured. */
  planned(plan: { trials: number; secondsEach: number }): void;
  /** `index` counts from 1. */
  trialStarted(trial: { label: string; index: number; total: number }): void;
  /** `throughput` is null where the trial failed; `standing` says how a comparison stands, and is shown in its place. */
  trialFinished(result: { throughput: number | null; unit: string; standing?: string | undefined }): void;
  /** A line that stays, also where there is no live line. */
  note(line: string): void;
  /** Leave the terminal clean. */
  stop(): void;
}

/** A stream that may be a terminal, such as `process.stderr`. */
export type Terminal = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

export interface ProgressOptions {
  stream: Terminal;
  /** False under `--quiet`: nothing at all is written. */
  enabled: boolean;
  /** Milliseconds, of any origin. */
  now: () => number;
  /** Call `task` until the returned function is called. */
  every?: (milliseconds: number, task: () => void) => () => void;
}

/** What a run is doing, as one line that follows it on a terminal, and notes that stay. */
export function createProgress({ stream, enabled, now, every = unrefInterval }: ProgressOptions): Progress {
  const log = enabled && stream.isTTY ? createLogUpdate(stream) : undefined;
  const clock = createTrialClock(now);
  let current: { label: string; index: number; total: number } | undefined;
  let last = '';
  let stopRefreshing: (() => void) | undefined;

  const draw = () => {
    if (log === undefined || current === undefined) return;
    const { label, index, total } = current;
    const left = `${timeText(clock.secondsLeft())} left`;
    log(fitInto([label, `trial ${index} of ${total}`, last, left], stream.columns || 80));
  };

  return {
    planned: clock.planned,
    trialStarted(trial) {
      current = trial;
      clock.started();
      if (log !== undefined) stopRefreshing ??= every(1000, draw);
      draw();
    },
    trialFinished({ throughput, unit, standing }) {
      last =
        standing ?? (throughput === null ? '' : `${Math.round(throughput).toLocaleString('en-US')} ${unit}`);
      clock.finished();
      draw();
    },
    note(line) {
      if (!enabled) return;
      log?.clear();
      stream.write(`${line}\n`);
      draw();
    },
    stop() {
      stopRefreshing?.();
      stopRefreshing = undefined;
      current = undefined;
      log?.clear();
      log?.done();
    },
  };
}

/** How long the trials that remain will take: as planned until one is done, then as those that are done took. */
function createTrialClock(now: () => number) {
  let plan = { trials: 0, secondsEach: 0 };
  let begun: number | undefined;
  let done = { trials: 0, at: 0 };
  return {
    planned(given: { trials: number; secondsEach: number }) {
      plan = given;
    },
    started() {
      begun ??= now();
    },
    finished() {
      done = { trials: done.trials + 1, at: now() };
    },
    secondsLeft(): number {
      const start = begun ?? now();
      const each = done.trials === 0 ? plan.secondsEach : (done.at - start) / 1000 / done.trials;
      const sinceLast = (now() - (done.trials === 0 ? start : done.at)) / 1000;
      return Math.max(0, each * (plan.trials - done.trials) - sinceLast);
    },
  };
}

/** `8 s`, `1 min 05 s`, `2 h 07 min`. */
export function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two((whole % 3600) / 60)} min`;
}

/** Label, position, throughput and time in as many columns: the throughput goes first, then the label is cut. */
function fitInto([label = '', position = '', throughput = '', left = '']: string[], columns: number): string {
  // A line as wide as the terminal would wrap on some.
  const room = columns - 1;
  const whole = [label, position, throughput, left].filter((part) => part !== '').join(separator);
  if (whole.length <= room) return whole;
  const rest = [position, left].join(separator);
  const labelRoom = room - rest.length - separator.length;
  const line = labelRoom > 1 ? `${shorten(label, labelRoom)}${separator}${rest}` : rest;
  return shorten(line, Math.max(room, 1));
}

const separator = ' · ';

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function unrefInterval(milliseconds: number, task: () => void): () => void {
  const timer = setInterval(task, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
