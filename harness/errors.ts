/** Exit codes of `bench`. Where several hold, the first of {@link exitPrecedence} wins. */
export const exitCode = {
  fine: 0,
  trialFailed: 1,
  usage: 2,
  inconclusive: 97,
  invalid: 98,
  threshold: 99,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const exitPrecedence: readonly ExitCode[] = [
  exitCode.interrupted,
  exitCode.terminated,
  exitCode.usage,
  exitCode.trialFailed,
  exitCode.threshold,
  exitCode.invalid,
  exitCode.inconclusive,
];

/** The one code to leave with when all of `codes` hold. */
export function strongestExitCode(codes: Iterable<ExitCode>): ExitCode {
  const held = new Set(codes);
  return exitPrecedence.find((code) => held.has(code)) ?? exitCode.fine;
}

/**
 * An error a user can cause and mend. `message` is one line that names the flag, the value, what is allowed and the
 * way out; `details` are lines to show under it (the app's last words, say).
 */
export class BenchError extends Error {
  override readonly name = 'BenchError';
  /** A stable word for programs: `bad-option`, `app-failed`, … */
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly details: readonly string[];

  constructor(
    code: string,
    message: string,
    options: { exitCode?: ExitCode; details?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.exitCode = options.exitCode ?? exitCode.trialFailed;
    this.details = options.details ?? [];
  }
}

/** A mistake in the command line or in a file it names: exit code 2, before anything is started. */
export function usageError(code: string, message: string, cause?: unknown): BenchError {
  return new BenchError(code, message, { exitCode: exitCode.usage, cause });
}
