import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The name of a folder that is not there yet, for one launch of a server: always as long. */
export function trialFolder(): string {
  return join(tmpdir(), `cluster-bench-${randomUUID()}`);
}
