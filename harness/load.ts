import { readFileSync, statSync } from 'node:fs';
import type { Exchange } from '../workloads/workload.js';
import type { Load } from './drivers/driver.js';
import { BenchError, usageError } from './errors.js';
import type { Plan } from './record.js';
import { systemReason } from './system-error.js';

/** What autocannon cannot be trusted with, or does not have. Why is in cli/contradictions.ts. */
const rawOnly: ((plan: Plan) => boolean)[] = [
  ({ rate }) => rate !== null,
  ({ requestsPerConnection }) => requestsPerConnection !== null,
  ({ pipelining }) => pipelining > 1,
  ({ threads }) => threads > 1,
  ({ localAddresses }) => localAddresses.length > 0,
  ({ method }) => method !== 'GET',
  ({ headers }) => headers.length > 0,
  ({ bodyFile }) => bodyFile !== null,
  ({ paths }) => paths.length > 1,
];

/** What is asked for only the raw driver can do. */
export function needsRaw(plan: Plan): boolean {
  return rawOnly.some((isAsked) => isAsked(plan));
}

/** What a workload says of its load, and whether it speaks TLS. */
type LoadDefaults = Partial<Pick<Load, 'requestsPerConnection' | 'pattern' | 'rate'>> & {
  secure?: boolean;
  certificate?: string | undefined;
};

/**
 * How the plan's load is driven, beside what changes from trial to trial.
 * @throws BenchError exit code 2 when the file of `--ca` cannot be read
 */
export function loadOf(
  plan: Plan,
  exchange: Exchange,
  {
    requestsPerConnection = null,
    pattern = 'steady',
    rate = null,
    secure = false,
    certificate,
  }: LoadDefaults,
): Load {
  const { pipelining, localAddresses, arrivals, insecure, caFile } = plan;
  const ca = certificate ?? (caFile === null ? null : read('--ca', caFile).toString());
  return {
    exchange,
    pattern,
    requestsPerConnection: plan.requestsPerConnection ?? requestsPerConnection,
    pipelining,
    localAddresses,
    rate: plan.rate ?? rate,
    arrivals,
    tls: secure ? { ca, insecure } : null,
  };
}

/**
 * The body of every request, base64; null for none.
 * @throws BenchError exit code 2 when its file cannot be read
 */
export function bodyOf({ bodyFile }: Plan): string | null {
  return bodyFile === null ? null : read('--body', bodyFile).toString('base64');
}

/** Every request of the body is one string in the client, and there are several in its jobs. */
const mostBytes = 64 * 2 ** 20;

function read(flag: string, path: string): Buffer {
  const unreadable = (reason: string) =>
    usageError('unreadable', `${flag} ${path}: it cannot be read (${reason}). Name a file`);
  try {
    // To open a pipe that nobody writes to would wait for ever, deaf to Ctrl-C; one of the shell's, <(…), has its writer.
    const file = statSync(path);
    if (file.isFIFO() && !path.startsWith('/dev/fd/')) throw unreadable('it is a pipe');
    if (file.size > mostBytes) throw unreadable('it has more than 64 MiB');
    return readFileSync(path);
  } catch (error) {
    throw error instanceof BenchError ? error : unreadable(systemReason(error));
  }
}
