import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { Job } from '../driver.js';
import type { Open } from './connection.js';

/**
 * Connections on `net.Socket`: TCP, TLS and UNIX-domain sockets. `onread` spares a buffer and an event per read;
 * `autoSelectFamily` is off since there is one address to try, and no timer for it.
 */
export function netConnections({ target, tls, localAddresses }: Job): Open {
  return (events, buffer, index) => {
    const localAddress = localAddresses[index % localAddresses.length];
    const onread = {
      buffer,
      callback(bytes: number) {
        events.received(bytes);
        return true;
      },
    };
    const options = {
      ...target,
      ...(localAddress === undefined ? {} : { localAddress }),
      autoSelectFamily: false,
      noDelay: true,
      onread,
    };
    const socket = tls === null ? connect(options as NetConnectOpts) : secured(options, tls);
    socket.once('connect', () => events.connected());
    socket.once(tls === null ? 'connect' : 'secureConnect', () => events.ready());
    socket.on('error', ({ code = 'ERROR' }: NodeJS.ErrnoException) => events.broken(code));
    socket.once('close', () => events.closed());
    return socket;
  };
}

function secured(options: object, { ca, insecure }: NonNullable<Job['tls']>): Socket {
  const secure = { ...(ca === null ? {} : { ca }), rejectUnauthorized: !insecure };
  return connectTls({ ...options, ...secure } as ConnectionOptions);
}
