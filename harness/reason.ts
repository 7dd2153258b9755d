/** What a failed system call says for itself, without its code and path: `no space left on device`. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = message.split('\n');
  return /^E[A-Z0-9]+: (.+?)(?:, \w+(?: '.*')?)?$/.exec(line)?.[1] ?? line;
}

/** The code of a failed system call (`ENOENT`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
