import { constants } from 'node:os';

/** libuv's number of a system error: negative. EINVAL for what has none. */
export function errnoOf({ errno, code }: NodeJS.ErrnoException): number {
  return errno ?? -(constants.errno[code as 'EADDRINUSE'] ?? constants.errno.EINVAL);
}
