import { createLogUpdate } from 'log-update';
import { integer } from '../reports/render/format.js';

export interface Progress {
  /** What is to come; `secondsEach` is the guess at a trial's length until one was measured. */
  planned(plan: { trials: number; secondsEach: number }): void;
  /** `index` counts from 1. */
  trialStarted(trial: { label: string; index: number; total: number }): void;
  /** `throughput` is null where the trial failed; `standing` says how a comparison stands, and is shown in its place. */
  trialFinished(result: { throughput: number | null; unit: string; standing?: string | undefined }): void;
  /** What goes on until the first trial does; told on the live line only. */
  doing(what: string): void;
  /** A line that stays, also where there is no live line. */
  note(line: string): void;
  /** A signal has come. From now on the live line says that. */
  stopping(): void;
  /** Leave the terminal clean. */
  stop(): void;
}

/** A stream that may be a terminal, such as `process.stderr`. */
export type Terminal = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** Not in a pipe or a file, on a terminal that only prints, or in CI, whose logs keep every drawing. */
export function isLive({ isTTY }: Pick<Terminal, 'isTTY'>, { TERM, CI }: NodeJS.ProcessEnv): boolean {
  return isTTY === true && TERM !== 'dumb' && ['', '0', 'false'].includes(CI ?? '');
}

export interface ProgressOptions {
  stream: Terminal;
  /** False under `--quiet`: nothing at all is written. */
  enabled: boolean;
  /** Whether a line can be drawn anew. Where it cannot, a line is written now and then. */
  live: boolean;
  /** Milliseconds, of any origin. */
  now: () => number;
  /** Call `task` until the returned function is called. */
  every?: (milliseconds: number, task: () => void) => () => void;
}

/** Without a live line: often enough for a CI that takes silence for a standstill, and no more. */
const secondsBetweenLines = 30;

/** What a run is doing, as one line that follows it on a terminal, and notes that stay. */
export function createProgress(options: ProgressOptions): Progress {
  const { stream, enabled, live, now, every = unrefInterval } = options;
  const log = enabled && live ? createLogUpdate(stream, { showCursor: true }) : undefined;
  const clock = createTrialClock(now);
  let current: { label: string; index: number; total: number } | undefined;
  let last = '';
  let instead: string | undefined;
  let isStopping = false;
  let stopTimer: (() => void) | undefined;

  const parts = () => {
    if (instead !== undefined) return [instead, '', '', ''];
    if (current === undefined) return undefined;
    const { label, index, total } = current;
    return [label, `trial ${index} of ${total}`, `${timeText(clock.secondsLeft())} left`, last];
  };
  const draw = () => {
    const shown = parts();
    if (shown) log?.(fitInto(shown, stream.columns || 80));
  };
  const writeLine = () => {
    const shown = parts();
    if (shown && enabled) stream.write(`${joined(shown)}\n`);
  };

  return {
    planned: clock.planned,
    doing(what) {
      if (!isStopping) instead = what;
      draw();
    },
    trialStarted(trial) {
      current = trial;
      if (!isStopping) instead = undefined;
      clock.started();
      if (enabled) stopTimer ??= log ? every(1000, draw) : every(secondsBetweenLines * 1000, writeLine);
      draw();
    },
    trialFinished({ throughput, unit, standing }) {
      const speed = throughput === null ? 'not valid' : `${integer(throughput)} ${unit}`;
      last = standing ?? `${current?.label}: ${speed}`;
      clock.finished();
      draw();
    },
    note(line) {
      if (!enabled) return;
      log?.clear();
      stream.write(`${line}\n`);
      draw();
    },
    stopping() {
      isStopping = true;
      instead = 'stopping in good order; Ctrl-C again stops at once';
      draw();
    },
    stop() {
      stopTimer?.();
      stopTimer = undefined;
      current = undefined;
      instead = undefined;
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

/** Label, position, time and the last result in as many columns: the last result goes first, then the label is cut. */
function fitInto([label = '', position = '', left = '', last = '']: string[], columns: number): string {
  // A line as wide as the terminal would wrap on some.
  const room = columns - 1;
  const whole = joined([label, position, left, last]);
  if (whole.length <= room) return whole;
  const rest = joined([position, left]);
  const labelRoom = rest === '' ? room : room - rest.length - separator.length;
  const line = labelRoom > 1 ? joined([shorten(label, labelRoom), rest]) : rest;
  return shorten(line, Math.max(room, 1));
}

const separator = ' · ';

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function unrefInterval(milliseconds: number, task: () => void): () => void {
  const timer = setInterval(task, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
