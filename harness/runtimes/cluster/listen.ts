import type { Server } from 'node:net';
import type messages from './messages.cjs';

/** UV_TCP_IPV6ONLY of libuv. */
const ipv6OnlyFlag = 1;

/** Listen where a worker asked to, as Node's primary does. Source: lib/internal/cluster/round_robin_handle.js. */
export function listen(server: Server, { address, port, fd, flags = 0, backlog }: messages.Address): void {
  const more = backlog === undefined || backlog < 0 ? {} : { backlog };
  const ipv6Only = (flags & ipv6OnlyFlag) !== 0;
  if (fd !== undefined && fd !== null && fd >= 0) server.listen({ fd, ...more });
  else if (port >= 0)
    server.listen({ port, ...(address === null ? {} : { host: address }), ipv6Only, ...more });
  else server.listen({ path: String(address), ...more });
}
