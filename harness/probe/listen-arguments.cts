/** What a call of `net.Server.listen` asks for; `undefined` where it names no TCP address (a path, a handle, an fd). */
interface TcpRequest {
  port: number;
  host: string | undefined;
}

/**
 * Read the overloads of `server.listen` that name a TCP address: `(port?, host?, backlog?, callback?)` and
 * `({port, host, …}, callback?)`. Node, 18–26: `lib/net.js`, `Server.prototype.listen`.
 */
function tcpRequest(args: readonly unknown[]): TcpRequest | undefined {
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) {
    const { port, host, fd } = first as Record<string, unknown>;
    // Beside a port, a path counts for nothing.
    if (fd !== undefined || (port === undefined && !('port' in first))) return undefined;
    return { port: Number(port ?? 0), host: typeof host === 'string' ? host : undefined };
  }
  if (typeof first === 'string' && !(Number(first) >= 0)) return undefined;
  if (typeof first === 'function') return { port: 0, host: undefined };
  return { port: Number(first ?? 0), host: typeof second === 'string' ? second : undefined };
}

/** The same call in its options form, with `changes` laid over it. The callback stays the last argument. */
function withChanges(args: readonly unknown[], changes: Record<string, unknown>): unknown[] {
  const [first, second, third] = args;
  const callback = args.findLast((argument) => typeof argument === 'function');
  const options =
    typeof first === 'object' && first !== null
      ? { ...first, ...changes }
      : {
          ...tcpRequest(args),
          backlog: [second, third].find((argument) => typeof argument === 'number'),
          ...changes,
        };
  return callback === undefined ? [options] : [options, callback];
}

export = { tcpRequest, withChanges };
