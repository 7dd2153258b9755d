import { createServer, isIP, isIPv6 } from 'node:net';
import { usageError } from './errors.js';
import { errorCode } from './system-error.js';

/**
 * Refuse addresses that connections cannot come from, before anything is started.
 * @throws BenchError exit code 2
 */
export async function assertLocal(addresses: readonly string[]): Promise<void> {
  for (const address of new Set(addresses)) {
    const reason = await bindable(address);
    if (reason !== undefined)
      throw usageError(
        'local-address',
        `--local-addresses ${address}: no connection can come from it (${reason}); name addresses that this machine has`,
      );
  }
}

/**
 * Refuse addresses from which `host` cannot be reached, being of the other family. A host name may be of both.
 * @throws BenchError exit code 2
 */
export function assertReaches(addresses: readonly string[], host: string | null, label: string): void {
  const family = isIP(host ?? '');
  const other = addresses.find((address) => isIP(address) !== family);
  if (family === 0 || other === undefined) return;
  const [theirs, its] = isIPv6(other) ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
  throw usageError(
    'local-address',
    `--local-addresses ${other}: ${label} is reached at ${host}, and not from ${theirs}; name ${its} addresses, or another --host`,
  );
}

/** The system's code for why not; undefined when it is. */
function bindable(host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errorCode(error)));
    server.listen({ host, port: 0 }, () => server.close(() => resolve(undefined)));
  });
}
