/** `no space left on device (ENOSPC)`: what the system said, without the call and the path that Node adds. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  const words = /^[A-Z0-9_]+: ([^,]+)/.exec(error.message)?.[1];
  return code === undefined || words === undefined ? error.message : `${words} (${code})`;
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
